/** Secrets that are gone when the program ends. They are never written anywhere. */
export interface SessionStore {
  put(ref: string, value: string): void;
  /** Null when there is none. */
  get(ref: string): string | null;
  remove(ref: string): void;
}

/** Makes an empty session store. */
export function createSessionStore(): SessionStore {
  const values = new Map<string, string>();
  return {
    put: (ref, value) => void values.set(ref, value),
    get: (ref) => values.get(ref) ?? null,
    remove: (ref) => void values.delete(ref),
  };
}
