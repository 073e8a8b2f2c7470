import { type StatementFacts, tableBefore } from '../statement-facts.js';

/** A valid check that the column is not NULL spares the scan. */
export function isProvenNotNull(facts: StatementFacts, on: { readonly schema?: string; readonly table: string; readonly column: string }): boolean {
  const written = new RegExp(`^\\(*"?${on.column.replace(/[^\w]/g, '.')}"?\\s+is\\s+not\\s+null\\)*$`, 'i');
  return (
    tableBefore(facts, on)?.constraints?.some(
      (constraint) => constraint.type === 'check' && !constraint.notValid && written.test(constraint.expression.trim()),
    ) ?? false
  );
}
