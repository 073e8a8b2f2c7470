import type { Comparison, Evidence, PlannedMigration, PlannedStatement, Reversibility } from '@planwright/spec';

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
      ...(ran ? { loses: [...new Set([...(reversibility?.loses ?? []), ...left.map(plain)])] } : { reason: left.map(plain).join('; ') }),
      basis: 'observed',
    },
  };
}

/**
 * The way back with what the rehearsal had to run after it, so that the plan's down is the one that was shown to restore the schema. It runs last, so it belongs to the
 * statement that runs first.
 */
export function completedDown(statements: readonly PlannedStatement[], id: string, { migrations = [] }: Evidence): readonly PlannedStatement[] {
  const downs = migrations.filter(({ migration, direction, subject = 'sequence' }) => subject === 'sequence' && direction === 'down' && migration === id);
  const planned = statements.some(({ down }) => down !== undefined);
  const more = downs.at(-1);
  if (!more || downs.length !== (planned ? 2 : 1) || more.statements.some(({ error }) => error !== undefined)) return statements;
  // What stopped halfway in a transaction has left nothing: the way between the catalogues is the whole way then.
  const stopped = planned && downs[0]?.statements.some(({ error }) => error !== undefined);
  const added = more.statements.map(({ sql }) => sql);
  // The evidence of a plan that is rendered again has done its work.
  if (statements[0]?.down?.endsWith(added.join(';\n'))) return statements;
  return statements.map((statement, place) => {
    if (place > 0) return stopped || !planned ? { ...statement, down: '' } : statement;
    const own = stopped || !statement.down ? [] : [statement.down];
    return { ...statement, down: [...own, ...added].join(';\n') };
  });
}

/** A sentence as a part of another one. */
function plain(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
