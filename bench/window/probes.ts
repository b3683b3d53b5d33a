/** What the probes leave behind in the page. */
interface Probed {
  firstRow?: number;
  keys?: number[];
  frames?: number[];
  isOver?: boolean;
}

declare global {
  interface Window {
    probed: Probed;
  }
}

// These functions are sent into the page as text: each must be whole by itself.

/** Notes when the first row of the list of profiles was painted, in ms after navigation. */
export function watchFirstRow(): void {
  window.probed = {};
  const watcher = new MutationObserver(() => {
    if (!document.querySelector('[data-profile-row]')) return;
    watcher.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        window.probed.firstRow = performance.now();
      };
      port2.postMessage(null);
    });
  });
  watcher.observe(document, { childList: true, subtree: true });
}

/** Times each key press from when the browser took it in until the next frame is out, ms. */
export function watchKeys(): void {
  const keys: number[] = [];
  window.probed = { keys };
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => keys.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    },
    true,
  );
}

/** Collects the time between frames, ms, until `probed.isOver`. */
export function watchFrames(): void {
  const frames: number[] = [];
  window.probed = { frames, isOver: false };
  let last = performance.now();
  const next = (now: number) => {
    frames.push(now - last);
    last = now;
    if (!window.probed.isOver) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
