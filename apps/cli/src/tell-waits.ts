import type { Wait } from '@planwright/spec';

/** What an application felt, a sentence for each of its connections: `orders: writers waited 2.6 s as written, 46 ms as planned`. */
export function tellWaits(waits: readonly Wait[]): readonly string[] {
  const seen = new Map<string, Wait[]>();
  for (const wait of waits) seen.set(`${wait.table}: ${wait.who}s`, [...(seen.get(`${wait.table}: ${wait.who}s`) ?? []), wait]);
  return [...seen].map(([who, felt]) => `${who} waited ${felt.map(one).join(', ')}`);
}

function one({ subject, longest, errors = {} }: Wait): string {
  const failed = Object.entries(errors).map(([code, times]) => `${code} ×${times}`);
  return `${spoken(longest)} ${subject === 'change' ? 'as written' : 'as planned'}${failed.length > 0 ? ` (failed: ${failed.join(', ')})` : ''}`;
}

function spoken(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
