import type { KeychainBackend } from '../../../engine/secrets/backend.ts';

/** What the store does besides keeping items. */
export type FakeState = 'ready' | 'locked' | 'no-collection' | 'unavailable';

/** Settings of a fake; change them at any time. */
export interface FakeBackend extends KeychainBackend {
  readonly items: Map<string, Uint8Array>;
  state: FakeState;
  /** Every k-th call fails; 0 for none. */
  failEvery: number;
  /** Whether a failing call has its effect all the same, as when the answer is lost on the way. */
  failAfterEffect: boolean;
  calls: number;
}

const WORDS = {
  locked: "Couldn't access platform storage: Secret Service: unlock prompt was dismissed",
  'no-collection': "Couldn't access platform storage: Secret Service: no result found",
  unavailable: 'Platform failure: DBus error: set your DBUS_SESSION_BUS_ADDRESS instead',
};

/**
 * A keychain in memory that behaves as the real ones were seen to: items of more than 2560 bytes are refused (Windows),
 * and a locked store says "no such item" of what is not there (Secret Service).
 */
export function fakeBackend(kind: 'windows' | 'secret-service'): FakeBackend {
  const items = new Map<string, Uint8Array>();

  function guard(account: string, isWrite: boolean, effect: () => void): void {
    fake.calls += 1;
    const fails = fake.failEvery > 0 && fake.calls % fake.failEvery === 0;
    if (fails && !fake.failAfterEffect) throw new Error('The store broke off');
    if (fake.state === 'unavailable') throw new Error(WORDS.unavailable);
    if (fake.state !== 'ready' && (isWrite || items.has(account))) throw new Error(WORDS[fake.state]);
    effect();
    if (fails) throw new Error('The store broke off');
  }

  const fake: FakeBackend = {
    name: 'Fake keychain',
    maxItemBytes: kind === 'windows' ? 2_400 : null,
    missingIsCertain: kind === 'windows',
    items,
    state: 'ready',
    failEvery: 0,
    failAfterEffect: false,
    calls: 0,
    async read(account) {
      guard(account, false, () => undefined);
      return items.get(account) ?? null;
    },
    async write(account, bytes) {
      if (kind === 'windows' && bytes.length > 2_560) {
        throw new Error("Value of 'secret' is longer than the platform limit of 2560 chars");
      }
      guard(account, true, () => items.set(account, Uint8Array.from(bytes)));
    },
    async delete(account) {
      let deleted = false;
      guard(account, false, () => {
        deleted = items.delete(account);
      });
      return deleted;
    },
  };
  return fake;
}
