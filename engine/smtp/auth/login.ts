import type { Credentials, Mechanism } from './mechanism.ts';

/** LOGIN (never standardised). Prompts differ between products, so only their order counts: user name, password. */
export function login({ username, secret }: Credentials): Mechanism {
  return {
    name: 'LOGIN',
    initial: null,
    respond: (_prompt, step) => [username, secret][step] ?? null,
  };
}
