import type { GalleryGroup, Moment, Scenario, Step } from '../scenario.ts';

const SHUTDOWN: readonly Step[] = [{ do: 'reply', lines: ['421 4.3.2 Service is shutting down'] }, { do: 'close' }];

/** Where a scenario breaks off, in words, and the stage that this is for the tester. */
const PLACES = {
  ehlo: ['at EHLO', 'ehlo'],
  auth: ['at sign-in', 'auth'],
  mail: ['at the sender', 'mail'],
  rcpt: ['at the recipient', 'rcpt'],
  data: ['at DATA', 'data'],
  message: ['after the message', 'data'],
} as const satisfies { [M in Moment]?: readonly [string, string] };

type Place = keyof typeof PLACES;

/** A server that breaks off at a moment; only a test message gets as far as DATA. */
function breaksOff(place: Place, how: string, steps: readonly Step[], rule: string): Scenario {
  const [words, stage] = PLACES[place];
  const late = place === 'data' || place === 'message';
  return {
    title: `${how} ${words}`,
    description: `${DESCRIPTIONS[how]} ${words}.`,
    ...(late && { action: 'send' }),
    ends: [stage, rule],
    behaviour: { at: { [place]: steps } },
  };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'Says 421': 'Says that it is shutting down (421) and hangs up',
  Closes: 'Closes the connection without a reply',
  Resets: 'Cuts the connection with a reset',
};

const shutsDown = (place: Place) => breaksOff(place, 'Says 421', SHUTDOWN, 'SERVER_421');
const closes = (place: Place, rule = 'CONN_LOST') => breaksOff(place, 'Closes', [{ do: 'close' }], rule);
const resets = (place: Place, rule = 'CONN_LOST') => breaksOff(place, 'Resets', [{ do: 'reset' }], rule);

/** Servers that go away in the middle of the dialogue. */
export const BROKEN_OFF: GalleryGroup<'broken-off'> = {
  '421-at-ehlo': shutsDown('ehlo'),
  '421-at-mail': shutsDown('mail'),
  '421-at-rcpt': shutsDown('rcpt'),
  '421-at-data': shutsDown('data'),
  '421-after-dot': shutsDown('message'),
  'closes-at-ehlo': closes('ehlo'),
  'closes-at-auth': closes('auth', 'AUTH_DISCONNECT'),
  'closes-at-mail': closes('mail'),
  'closes-at-rcpt': closes('rcpt'),
  'closes-at-data': closes('data'),
  'closes-after-dot': closes('message', 'DATA_LOST'),
  'resets-at-ehlo': resets('ehlo'),
  'resets-at-auth': resets('auth', 'AUTH_DISCONNECT'),
  'resets-at-mail': resets('mail'),
  'resets-at-rcpt': resets('rcpt'),
  'resets-at-data': resets('data'),
  'resets-after-dot': resets('message', 'DATA_LOST'),
  'half-open': {
    title: 'Half closed',
    description: 'Says at the sender that it will send nothing more, but goes on listening.',
    ends: ['mail', 'CONN_LOST'],
    behaviour: { at: { mail: [{ do: 'half-close' }, { do: 'silence' }] } },
  },
};
