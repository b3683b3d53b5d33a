import type { GalleryGroup, Scenario, Step } from '../scenario.ts';

/** A server that answers the credentials with this reply. */
function refuses(...lines: string[]): Scenario['behaviour'] {
  return { at: { login: [{ do: 'reply', lines }] } };
}

/** A server that answers the AUTH command with these steps. */
function answers(...auth: Step[]): Scenario['behaviour'] {
  return { at: { auth } };
}

/** Servers that refuse the sign-in, or do it wrongly. */
export const SIGN_IN: GalleryGroup<'sign-in'> = {
  'wrong-password': {
    title: 'Wrong password',
    description: 'Refuses every user name and password with 535 5.7.8.',
    ends: ['auth', 'AUTH_BAD_CREDENTIALS_578'],
    behaviour: refuses('535 5.7.8 Authentication credentials invalid'),
  },
  'app-password': {
    title: 'App password wanted',
    description:
      'Refuses the password with 534: the account has a second factor and wants a password made for this app.',
    ends: ['auth', 'AUTH_APP_PASSWORD'],
    behaviour: refuses(
      '534-5.7.9 Application-specific password required. For more information, go to',
      '534 5.7.9 the help pages',
    ),
  },
  'sign-in-busy': {
    title: 'Sign-in out of order',
    description: 'Refuses the password with 454: its directory does not answer.',
    ends: ['auth', 'AUTH_454_TEMP'],
    behaviour: refuses('454 4.7.0 Temporary authentication failure'),
  },
  'mechanism-refused': {
    title: 'Mechanism refused',
    description: 'Offers a mechanism and then refuses it with 504.',
    ends: ['auth', 'AUTH_504_MECH'],
    behaviour: answers({ do: 'reply', lines: ['504 5.7.4 Unrecognized authentication type'] }),
  },
  'encryption-demanded': {
    title: 'Wants encryption',
    description: 'Refuses the sign-in with 538, as if the connection were not encrypted.',
    ends: ['auth', 'AUTH_538'],
    behaviour: answers({
      do: 'reply',
      lines: ['538 5.7.11 Encryption required for requested authentication mechanism'],
    }),
  },
  'password-transition': {
    title: 'Password to be renewed',
    description: 'Refuses the mechanism with 432 until the user has signed in once in another way.',
    ends: ['auth', 'AUTH_432_TRANSITION'],
    behaviour: refuses('432 4.7.12 A password transition is needed'),
  },
  'sign-in-421': {
    title: 'Hangs up at sign-in',
    description: 'Answers the sign-in with 421 and hangs up.',
    ends: ['auth', 'SERVER_421'],
    behaviour: answers({ do: 'reply', lines: ['421 4.3.2 Service is shutting down'] }, { do: 'close' }),
  },
  'no-sign-in': {
    title: 'No sign-in offered',
    description: 'Offers no sign-in at all, so a login cannot be tested.',
    ends: ['auth', 'AUTH_NOT_OFFERED'],
    behaviour: { mechanisms: [] },
  },
  'only-ntlm': {
    title: 'Windows sign-in only',
    description: 'Offers NTLM and GSSAPI only, as an Exchange server inside a domain may do.',
    ends: ['auth', 'AUTH_NO_COMMON_MECH'],
    behaviour: { mechanisms: [], extraInTls: ['AUTH NTLM GSSAPI'] },
  },
  'old-auth-form': {
    title: 'Old form of AUTH',
    description: 'Offers sign-in as "AUTH=PLAIN LOGIN", as servers did before the standard. All else works.',
    behaviour: { hiddenKeywords: ['AUTH'], extraInTls: ['AUTH=PLAIN LOGIN'], mechanisms: ['PLAIN', 'LOGIN'] },
  },
  'challenge-not-base64': {
    title: 'Challenge that is no base64',
    description: 'Asks for the user name in plain text, which the standard does not allow.',
    ends: ['auth', 'AUTH_BAD_CHALLENGE'],
    profile: { mechanism: 'LOGIN' },
    behaviour: answers({ do: 'reply', lines: ['334 User name?'] }, { do: 'silence' }),
  },
  'challenge-empty': {
    title: 'Empty challenge',
    description: 'Sends nothing to compute with in CRAM-MD5.',
    ends: ['auth', 'AUTH_BAD_CHALLENGE'],
    profile: { mechanism: 'CRAM-MD5' },
    behaviour: answers({ do: 'reply', lines: ['334 '] }, { do: 'silence' }),
  },
  'challenge-after-response': {
    title: 'Challenge too many',
    description: 'Asks once more although PLAIN has said everything.',
    ends: ['auth', 'AUTH_BAD_CHALLENGE'],
    behaviour: answers({ do: 'reply', lines: ['334 '] }, { do: 'silence' }),
  },
  'challenges-endless': {
    title: 'Endless challenges',
    description: 'Asks for one more thing without end.',
    ends: ['auth', 'AUTH_BAD_CHALLENGE'],
    profile: { mechanism: 'LOGIN' },
    behaviour: answers({
      do: 'repeat',
      times: 1_000,
      steps: [{ do: 'challenge', text: 'And then?' }, { do: 'read-line' }],
    }),
  },
  'success-250': {
    title: 'Success with 250',
    description: 'Answers the credentials with 250 in place of 235, which does not say that the sign-in worked.',
    ends: ['auth', 'AUTH_BAD_CHALLENGE'],
    behaviour: refuses('250 2.0.0 Ok'),
  },
  'token-refused': {
    title: 'Token refused',
    description:
      'Refuses an access token as Google and Microsoft do: the reason as JSON in one more challenge, then 535.',
    ends: ['auth', 'OAUTH_XOAUTH2_ERROR'],
    profile: { signIn: 'token' },
    behaviour: answers(
      { do: 'challenge', text: '{"status":"401","schemes":"bearer","scope":"https://mail.relaysmith.test/"}' },
      { do: 'read-line' },
      { do: 'reply', lines: ['535 5.7.8 Username and access token not accepted'] },
    ),
  },
};
