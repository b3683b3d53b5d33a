/** Names of the IPC channels; preload and main use no others. */
export const CHANNELS = {
  /** Renderer to main, answered: one request of the contract. */
  call: 'relaysmith:call',
  /** Renderer to main: cancel a running call. */
  cancel: 'relaysmith:cancel',
  /** Main to renderer: one streamed event of a call. */
  event: 'relaysmith:event',
} as const;
