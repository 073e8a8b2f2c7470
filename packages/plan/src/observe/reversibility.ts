import type { Comparison, PlannedMigration, Reversibility } from '@planwright/spec';

/** The way back of a migration by what was shown: it restored the schema, it left something, or it did not run. Rows that it loses stay what was concluded. */
export function observedReversibility({ id, reversibility }: PlannedMigration, comparisons: readonly Comparison[]): { readonly reversibility?: Reversibility } {
  const shown = comparisons.find(({ kind, migration }) => kind === 'down' && migration === id);
  if (!shown) return {};
  if (shown.equal) return reversibility ? { reversibility: { ...reversibility, basis: 'observed' } } : {};
  const left = shown.differences ?? [];
  const ran = shown.strict !== undefined;
  return {
    reversibility: {
      ...reversibility,
      kind: reversibility?.kind === 'irreversible' || !ran ? 'irreversible' : 'lossy',
      ...(ran
        ? { loses: [...(reversibility?.loses ?? []), ...left.map(plain)] }
        : { reason: [reversibility?.reason, ...left.map(plain)].filter(Boolean).join('; ') }),
      basis: 'observed',
    },
  };
}

/** A sentence as a part of another one. */
function plain(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
