import type { HistoryMigration } from '@planwright/analyzer';
import { findSecrets, type Issue, redactSecrets } from '@planwright/spec';

/**
 * The secrets in the files of a change, each as a warning with its place. A document is passed around more than a migration is, so it does not repeat
 * them: `redact` gives a value that was derived from those files without them, or the value itself when there are none.
 */
export function secretsOf(chosen: readonly HistoryMigration[]): { readonly issues: readonly Issue[]; readonly redact: <Value>(value: Value) => Value } {
  const files = chosen.flatMap(({ source: { up, down } }) => [up, ...(down ? [down] : [])]);
  const issues = files.flatMap(({ path, text }) =>
    findSecrets(text).map((secret): Issue => {
      const before = text.slice(0, secret.index).split('\n');
      return {
        code: 'secret',
        severity: 'warning',
        message: `found a ${secret.kind} in the migration: ${secret.redacted.split('\n')[0]}; the documents show it redacted`,
        file: path,
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
        hint: 'Give it to the database outside of the migration, and change it: whoever reads the repository knows it.',
      };
    }),
  );
  // The cast: a walk that changes texts alone keeps the shape.
  return { issues, redact: (value) => (issues.length === 0 ? value : (redacted(value) as typeof value)) };
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redacted(inner)]));
}
