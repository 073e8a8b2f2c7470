import type { BreakingChange, Context, Strategy } from '@planwright/spec';
import { operationPhrase } from '../operation-phrase.js';
import type { Act, Survey } from '../survey.js';
import { isBreaking, lowerFirst } from './classification.js';
import { tableOf } from './migration-title.js';

/** Operations that a running release does not survive, or of which nobody can say that it does. */
export function breaking(survey: Survey, context: Context): BreakingChange[] {
  return survey.asked.filter((act) => act.effect.kind !== 'none' && isBreaking(act)).map((act) => breakingChange(act, context));
}

function breakingChange(act: Act<{ readonly id: string }>, context: Context): BreakingChange {
  const { operation, effect, statement } = act;
  const table = tableOf(operation);
  const query = queryFor(act, context);
  const impact =
    effect.kind === 'unknown' && operation.type === 'unknown'
      ? `${operation.reason.replace(/\.?$/, '.')} Its effect on running releases is not known.`
      : [effect.code, effect.data === 'loses' || effect.data === 'may fail' ? effect.dataReason : undefined].filter(Boolean).join(' ');
  return {
    change: operationPhrase(operation),
    ...(table && { table }),
    impact: impact === '' ? `A running release fails: ${lowerFirst('the verdict names no reason')}.` : impact,
    risk: effect.risk,
    strategy: strategyOf(act, context),
    ...(query && { query }),
    ...('id' in statement && statement.id && { statement: statement.id }),
  };
}

/** A table rebuild for what SQLite's ALTER can't do; a dual write where the value moves; else expand and contract. */
function strategyOf({ operation, effect }: Act<{ readonly id: string }>, context: Context): Strategy {
  // Until somebody has read it, nothing gentler can be promised.
  if (effect.kind === 'unknown') return 'Maintenance window';
  const { database } = context.target;
  if (context.classification?.zeroDowntime === false && effect.noBridge) return 'Maintenance window';
  if (database === 'sqlite' && ['alterColumnType', 'setNotNull', 'addConstraint', 'dropConstraint'].includes(operation.type)) return 'Table rebuild';
  return ['renameColumn', 'alterColumnType', 'renameTable', 'setTableSchema'].includes(operation.type) ? 'Dual-write' : 'Expand-contract';
}

/** The pre-flight query about the objects of an operation. */
function queryFor({ statement, effect }: Act<{ readonly id: string }>, context: Context): string | undefined {
  const given = statement.verdicts?.data?.query;
  if (given) return given;
  const preflight = (context.validation ?? []).filter((query) => query.when === 'pre-flight');
  return preflight.find((query) => effect.object !== undefined && query.objects?.includes(effect.object) && query.check !== 'absent')?.id;
}
