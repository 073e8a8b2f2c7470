import type { Context, Issue, Phase } from '../generated/types.js';

const phases: readonly Phase[] = ['expand', 'migrate', 'contract', 'cleanup'];

/** Along dependencies, phases only move forward: what contracts comes after what it expands. The pattern lists its phases in that order, too. */
export function checkPhaseOrder({ sequence, pattern }: Context): readonly Issue[] {
  const migrations = sequence?.migrations ?? [];
  const byId = new Map(migrations.map((migration) => [migration.id, migration]));
  const ofMigrations = migrations.flatMap(({ id, phase, dependsOn = [] }, index) =>
    dependsOn.flatMap((other) => {
      const before = byId.get(other)?.phase;
      if (phase === undefined || before === undefined || phases.indexOf(before) <= phases.indexOf(phase)) return [];
      return [
        {
          code: 'phase-order',
          message: `found migration ${id} (${phase}) after migration ${other} (${before}), on which it depends: expected ${phase} before ${before}`,
          pointer: `/sequence/migrations/${index}/phase`,
          hint: 'Correct one of the two phases, or the dependency.',
        },
      ];
    }),
  );
  const ofPattern = (pattern?.phases ?? []).flatMap(({ phase }, index, all) => {
    const before = all[index - 1]?.phase;
    if (before === undefined || phases.indexOf(before) < phases.indexOf(phase)) return [];
    return [
      {
        code: 'phase-order',
        message: `found phase ${phase} after phase ${before} in the pattern: expected ${phases.join(', ')}, each once`,
        pointer: `/pattern/phases/${index}/phase`,
        hint: 'Put the phases into this order.',
      },
    ];
  });
  return [...ofMigrations, ...ofPattern];
}
