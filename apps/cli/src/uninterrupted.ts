const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Work of a moment that a signal must not break off: whoever asks the process to end is heard when it is done. */
export async function uninterrupted<Result>(work: () => Promise<Result>): Promise<Result> {
  let asked: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals) => {
    asked ??= signal;
  };
  for (const signal of signals) process.on(signal, hold);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, hold);
    if (asked) process.kill(process.pid, asked);
  }
}
