/** What the preload puts on the window of the desktop host: three functions, nothing else. */
export interface Bridge {
  /** Sends one request; resolves to a Result. */
  call(name: string, input: unknown, callId: string): Promise<unknown>;
  /** Cancels a running call. */
  cancel(callId: string): void;
  /** Listens to what calls stream; returns the function that stops listening. */
  onEvent(listener: (callId: string, event: unknown) => void): () => void;
}

declare global {
  interface Window {
    /** Present in the desktop window only. */
    readonly relaysmith?: Bridge;
  }
}
