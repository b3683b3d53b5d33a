import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../../renderer/transport/bridge.ts';
import { createIpcTransport } from '../../../renderer/transport/ipc.ts';

/** The preload's object, with a main process that answers when it is told to. */
function bridge() {
  const calls: { name: string; callId: string; answer: (result: unknown) => void; refuse: () => void }[] = [];
  const cancelled: string[] = [];
  const listeners: ((callId: string, event: unknown) => void)[] = [];
  const object: Bridge = {
    call: (name, _input, callId) =>
      new Promise((answer, reject) => calls.push({ name, callId, answer, refuse: () => reject(new Error('gone')) })),
    cancel: (callId) => void cancelled.push(callId),
    onEvent: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  const emit = (callId: string, event: unknown) => {
    for (const listener of listeners) listener(callId, event);
  };
  return { object, calls, cancelled, emit };
}

const input = {
  subject: { kind: 'stored' as const, profileId: crypto.randomUUID() },
  secrets: {},
  until: null,
  recipient: null,
};

describe('the desktop transport', () => {
  it('gives each call only its own events', async () => {
    const { object, calls, emit } = bridge();
    const { client } = createIpcTransport(object);
    const first: unknown[] = [];
    const second: unknown[] = [];
    const one = client('tests.check', input, { onEvent: (event) => first.push(event) });
    const two = client('tests.check', input, { onEvent: (event) => second.push(event) });
    const [a, b] = calls;
    emit(a?.callId ?? '', { type: 'stage-started', stage: 'dns' });
    emit(b?.callId ?? '', { type: 'stage-started', stage: 'tcp' });
    for (const each of calls) each.answer({ ok: false, error: { code: 'CANCELLED', facts: {} } });
    await Promise.all([one, two]);
    emit(a?.callId ?? '', { type: 'stage-started', stage: 'quit' });
    expect(first).toEqual([{ type: 'stage-started', stage: 'dns' }]);
    expect(second).toEqual([{ type: 'stage-started', stage: 'tcp' }]);
  });

  it('cancels by call id when the signal aborts, and not after the answer', async () => {
    const { object, calls, cancelled } = bridge();
    const { client } = createIpcTransport(object);
    const controller = new AbortController();
    const result = client('practice.stop', {}, { signal: controller.signal });
    controller.abort();
    expect(cancelled).toEqual([calls[0]?.callId]);
    calls[0]?.answer({ ok: true, value: { running: false } });
    expect(await result).toEqual({ ok: true, value: { running: false } });
    const late = new AbortController();
    const next = client('practice.stop', {}, { signal: late.signal });
    calls[1]?.answer({ ok: true, value: { running: false } });
    await next;
    late.abort();
    expect(cancelled).toHaveLength(1);
  });

  it('says that the host is lost when the main process does not answer', async () => {
    const { object, calls } = bridge();
    const { client, connection } = createIpcTransport(object);
    const result = client('app.info', {});
    calls[0]?.refuse();
    expect(await result).toMatchObject({ ok: false, error: { code: 'NOT_AVAILABLE' } });
    expect(connection.getState().state).toBe('lost');
  });
});
