import type { Context, Issue } from '../generated/types.js';

/** What breaks a running release has a strategy. Where nobody listed the breaking changes, they are computed, and so is their strategy. */
export function checkBreakingStrategy({ classification, breaking, pattern }: Context): readonly Issue[] {
  const without = (breaking ?? []).flatMap(({ change, strategy }, index): readonly Issue[] =>
    strategy !== undefined
      ? []
      : [
          {
            code: 'missing-strategy',
            message: `found a breaking change without a strategy (${change}): expected 'Expand-contract', 'Dual-write', 'Maintenance window' or 'Table rebuild'`,
            pointer: `/breaking/${index}`,
            hint: 'Add `strategy`; `Expand-contract` fits most.',
          },
        ],
  );
  const window = breaking?.find(({ strategy }) => strategy === 'Maintenance window');
  if (classification?.zeroDowntime === true && (window !== undefined || pattern?.name === 'Maintenance window')) {
    const pointer = window === undefined ? '/pattern/name' : `/breaking/${breaking?.indexOf(window)}/strategy`;
    return [
      ...without,
      {
        code: 'contradiction',
        message: `found a maintenance window at ${pointer}, but /classification/zeroDowntime says that users must not notice: expected one of the two`,
        pointer,
        hint: 'Choose another strategy, or allow a window.',
      },
    ];
  }
  return without;
}
