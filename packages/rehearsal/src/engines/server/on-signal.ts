const open = new Set<() => Promise<void>>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Has `close` called when the process is asked to end; gives back how to take that back. The process then ends by the same signal. */
export function closeOnSignal(close: () => Promise<void>): () => void {
  if (open.size === 0) for (const signal of signals) process.on(signal, end);
  open.add(close);
  return () => {
    open.delete(close);
    if (open.size === 0) for (const signal of signals) process.off(signal, end);
  };
}

let ending = false;

// A second signal does not hurry the first: an abandoned scratch database would stay until the next rehearsal.
function end(signal: NodeJS.Signals): void {
  if (ending) return;
  ending = true;
  Promise.allSettled([...open].map((close) => close())).then(() => {
    ending = false;
    for (const each of signals) process.off(each, end);
    open.clear();
    process.kill(process.pid, signal);
  });
}
