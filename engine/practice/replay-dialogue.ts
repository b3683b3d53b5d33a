import type { StageResult, TranscriptLine } from '../../shared/report.ts';
import type { Moment, Step } from './scenario.ts';

/** What the server said at each moment of a run; of several recipients the first refusal. */
export type Turns = ReadonlyMap<Moment, readonly string[]>;

const COMMANDS: readonly (readonly [Moment, RegExp])[] = [
  ['helo', /^HELO /],
  ['starttls', /^STARTTLS$/],
  ['login', /^AUTH /],
  ['mail', /^MAIL FROM:/],
  ['rcpt', /^RCPT TO:/],
  ['data', /^DATA$/],
  ['message', /^\(message, /],
  ['rset', /^RSET$/],
  ['quit', /^QUIT$/],
];

/** The answer at each moment with which a dialogue goes on. */
const GOES_ON: { readonly [M in Moment]?: RegExp } = {
  greeting: /^220/,
  helo: /^250/,
  ehlo: /^250/,
  'ehlo-in-tls': /^250/,
  login: /^235/,
  mail: /^2/,
  rcpt: /^2/,
  data: /^354/,
  message: /^2/,
};

const REPLY_LINE = /^\d{3}(?:[ -]|$)/;
const LOST: Readonly<Record<string, Step>> = {
  ETIMEDOUT: { do: 'silence' },
  ECONNRESET: { do: 'reset' },
  EPIPE: { do: 'reset' },
};
/** Milliseconds that a server waits before it cuts a connection, so that the client is there to see it. */
const BEFORE_CUT = 50;

/** Sorts a transcript by the moments of the dialogue. */
export function turnsOf(transcript: readonly TranscriptLine[]): Turns {
  const turns = new Map<Moment, string[]>([['greeting', []]]);
  let moment: Moment = 'greeting';
  for (const { from, text, encrypted } of transcript) {
    if (from === 'server') turns.get(moment)?.push(text);
    if (from !== 'client') continue;
    const next = momentOf(text, encrypted);
    // What answers a challenge is no command: the sign-in goes on.
    if (!next) continue;
    moment = next;
    if (!(moment === 'rcpt' && isRefusal(turns.get(moment)))) turns.set(moment, []);
  }
  return turns;
}

function momentOf(text: string, encrypted: boolean): Moment | undefined {
  if (/^EHLO /.test(text)) return encrypted ? 'ehlo-in-tls' : 'ehlo';
  return COMMANDS.find(([, pattern]) => pattern.test(text))?.[0];
}

function isRefusal(lines: readonly string[] | undefined): boolean {
  return /^[45]/.test(lines?.[0] ?? '');
}

/**
 * The steps with which a server does at a moment what the reported one did; undefined where that was the usual.
 * @param rule Diagnosis of the report: some faults do not show in what was kept.
 */
export function stepsAt(
  moment: Moment,
  turns: Turns,
  failed: StageResult | undefined,
  rule: string,
): readonly Step[] | undefined {
  const lines = moment === 'login' ? verdictIn(turns) : turns.get(moment);
  if (!lines) return undefined;
  const isLast = [...turns.keys()].filter((one) => one !== 'quit').at(-1) === moment;
  if (rule === 'REPLY_TOO_LONG' && isLast) return [{ do: 'flood', bytes: endless(lines[0] || 'x') }];
  if (rule === 'REPLY_UNSOLICITED' && moment === 'greeting') {
    return [{ do: 'raw', bytes: bytesOf(lines) }];
  }
  if (lines.length === 0) return isLast && failed ? lostBy(failed) : undefined;
  const codes = new Set(lines.map((line) => line.slice(0, 3)));
  if (codes.size > 1 || !lines.every((line) => REPLY_LINE.test(line))) return asItCame(moment, lines);
  // The greeting says which product it is; other good answers say nothing more than the usual ones.
  if (GOES_ON[moment]?.test(lines[0] ?? '')) {
    return moment === 'greeting' ? [{ do: 'reply', lines }] : undefined;
  }
  const parting: Step[] = codes.has('421') || moment === 'greeting' ? [{ do: 'close' }] : [];
  return [{ do: 'reply', lines }, ...parting];
}

/** What a sign-in ended with, without the challenges before it; undefined when there was none. */
function verdictIn(turns: Turns): readonly string[] | undefined {
  const lines = turns.get('login');
  const challenges = lines?.findLastIndex((line) => line.startsWith('334')) ?? -1;
  return lines?.slice(challenges + 1);
}

/**
 * The steps of a sign-in that went another way than a mechanism's own: broken off at a challenge, or refused with the
 * reason as JSON in one, as Google and Microsoft do it.
 */
export function oddSignIn(turns: Turns): readonly Step[] | undefined {
  const challenges = (turns.get('login') ?? []).filter((line) => line.startsWith('334'));
  const verdict = verdictIn(turns) ?? [];
  const isOdd = verdict.length === 0 || challenges.some((line) => line.startsWith('334 eyJ'));
  if (challenges.length === 0 || !isOdd) return undefined;
  const asked = challenges.flatMap((line): Step[] => [{ do: 'reply', lines: [line] }, { do: 'read-line' }]);
  return [...asked, verdict.length === 0 ? { do: 'silence' } : { do: 'reply', lines: verdict }];
}

/** One line as it is repeated without end; what is no reply is one line without end. */
function endless(line: string): string {
  return REPLY_LINE.test(line) ? `${line}\r\n` : bytesOf([line]).trimEnd();
}

/** Lines as they came, with the control characters that a report shows as `\x1b`. */
function bytesOf(lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\r\n`).join('');
  return text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Words that are no reply, or not one reply. */
function asItCame(moment: Moment, lines: readonly string[]): readonly Step[] {
  const raw: Step = { do: 'raw', bytes: bytesOf(lines) };
  return [raw, moment === 'greeting' ? { do: 'close' } : { do: 'usual', silent: true }];
}

function lostBy({ facts }: StageResult): readonly Step[] {
  const step = LOST[facts.code ?? ''] ?? { do: 'close' as const };
  return step.do === 'reset' ? [{ do: 'wait', ms: BEFORE_CUT }, step] : [step];
}
