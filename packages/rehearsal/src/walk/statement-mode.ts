/** A statement's text from its first word on: comments in front are left away. */
export function fromFirstWord(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}

/** What PostgreSQL refuses in a transaction block, by how a statement begins. CALL may commit. */
const outside: readonly RegExp[] = [
  /^(vacuum|call)\b/i,
  /^create\s+(unique\s+)?index\s+concurrently\b/i,
  /^drop\s+index\s+concurrently\b/i,
  /^reindex\b(\s*\([^)]*\bconcurrently\b|.*\bconcurrently\b|\s*(\([^)]*\)\s*)?(database|system)\b)/i,
  /^alter\s+table\b[\s\S]*\bdetach\s+partition\b[\s\S]*\b(concurrently|finalize)\s*$/i,
  /^(create|drop)\s+(database|tablespace)\b/i,
  /^(create|drop|alter)\s+subscription\b/i,
  /^alter\s+system\b/i,
  /^cluster\s*$/i,
];

/** Whether a statement has to run outside a transaction block. */
export function runsOutside(sql: string): boolean {
  const text = fromFirstWord(sql);
  return outside.some((pattern) => pattern.test(text));
}

/** What a statement does to the transaction itself. */
export function transactionControl(sql: string): 'begins' | 'ends' | undefined {
  const text = fromFirstWord(sql);
  if (/^(begin|start\s+transaction)\b/i.test(text)) return 'begins';
  if (/^(commit|end|abort|prepare\s+transaction)\b/i.test(text) || /^rollback\b(?!\s+(work\s+|transaction\s+)?to\b)/i.test(text)) return 'ends';
  return undefined;
}

/** What a statement says of the transaction that it begins, or that it stands first in: `ISOLATION LEVEL SERIALIZABLE`. */
export function transactionModes(sql: string): string | undefined {
  const text = fromFirstWord(sql);
  const [, first] = /^set\s+transaction\s+((?:isolation|read|not|deferrable)\b.*)$/is.exec(text) ?? [];
  const [, begun] = /^(?:begin(?:\s+(?:work|transaction))?|start\s+transaction)\s+(\S.*)$/is.exec(text) ?? [];
  return first ?? begun;
}

/** SQLSTATEs by which PostgreSQL says that a statement wants to run by itself: in no transaction block, or with transactions of its own. */
export const wantsToRunByItself: ReadonlySet<string> = new Set(['25001', '2D000']);
