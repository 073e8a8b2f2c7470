import { say } from '@planwright/renderer';
import type { Context, LogEntry } from '@planwright/spec';

/** The log with an entry for the rehearsal that the plan rests on. Entries that somebody gave come first. */
export function log({ log: given = [], evidence }: Context, now: string): LogEntry[] | undefined {
  if (!evidence?.migrations) return given.length > 0 ? given : undefined;
  const entry: LogEntry = { at: now, author: 'planwright', text: say.rehearsal(evidence).join(' ') };
  return given.some(({ text }) => text === entry.text) ? given : [...given, entry];
}
