import type { Context, Issue, Metric, Threshold } from '../generated/types.js';

/** A metric warns before it rolls back. Thresholds that cannot be compared yet, because a relative one has no baseline, are an open question and no issue. */
export function checkAlertThresholds({ monitoring }: Context): readonly Issue[] {
  return (monitoring ?? []).flatMap((metric, index): readonly Issue[] => {
    const { name, alert, rollback, alertOnly } = metric;
    const pointer = `/monitoring/${index}`;
    if (alertOnly === true && rollback !== undefined) {
      return [
        {
          code: 'contradiction',
          message: `found a rollback threshold for ${name}, which only alerts: expected one of the two`,
          pointer: `${pointer}/rollback`,
          hint: 'Remove `rollback` or `alertOnly`.',
        },
      ];
    }
    if (alert === undefined || rollback === undefined) return [];
    const [milder, harder] = [limitOf(alert, rollback, metric), limitOf(rollback, alert, metric)];
    if (milder === undefined || harder === undefined || milder < harder) return [];
    return [
      {
        code: 'threshold-order',
        message: `found that ${name} alerts at ${shown(alert, metric)} and rolls back at ${shown(rollback, metric)}: expected the alert to be the milder`,
        pointer: `${pointer}/alert`,
        hint: 'Lower the alert threshold, or raise the rollback threshold.',
      },
    ];
  });
}

/** A threshold as a number that can be compared with the other one's; undefined when only the baseline could tell. */
function limitOf(threshold: Threshold, other: Threshold, { baseline }: Metric): number | undefined {
  if ((threshold.relative ?? false) === (other.relative ?? false)) return threshold.value;
  if (!threshold.relative) return threshold.value;
  return baseline === undefined ? undefined : baseline * (1 + threshold.value / 100);
}

function shown({ value, relative }: Threshold, { unit }: Metric): string {
  return relative ? `+${value}%` : `${value}${unit === undefined ? '' : unit === '%' ? '%' : ` ${unit}`}`;
}
