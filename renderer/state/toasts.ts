import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import { describeError } from '../../shared/messages.ts';

/** A short message that floats for a while. */
export interface Toast {
  id: number;
  tone: 'plain' | 'failed';
  text: string;
  detail?: string;
  action?: { label: string; run: () => void };
  /** Milliseconds until it goes by itself. */
  lasts: number;
}

interface ToastState {
  toasts: Toast[];
}

/** The messages that float now. */
export const useToasts = create<ToastState>(() => ({ toasts: [] }));

let lastId = 0;

function show(next: Omit<Toast, 'id'>): void {
  lastId += 1;
  const id = lastId;
  useToasts.setState(({ toasts }) => {
    const others = toasts.filter(({ text }) => text !== next.text);
    return { toasts: [...others.slice(-2), { ...next, id }] };
  });
}

/** Shows messages. */
export const toast = {
  /** Something was done. */
  say: (text: string) => show({ tone: 'plain', text, lasts: 5_000 }),
  /** Something was done that can be taken back for 10 seconds. */
  undoable: (text: string, label: string, run: () => void) =>
    show({ tone: 'plain', text, action: { label, run }, lasts: 10_000 }),
  /** Something failed. */
  error: (error: AppError) => {
    const { what, next } = describeError(error);
    show({ tone: 'failed', text: what, detail: next, lasts: 12_000 });
  },
  /** Takes one away. */
  dismiss: (id: number) => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) })),
};
