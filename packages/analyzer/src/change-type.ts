import type { Classification, Level, Operation, Statement } from '@planwright/spec';
import { blocksWriters } from './lock-facts/postgresql/lock-list.js';

type Kind = NonNullable<Classification['kinds']>[number];

/** What an operation touches; nothing for those that touch neither schema nor rows. */
export function kindOf(operation: Operation): Kind | undefined {
  switch (operation.type) {
    case 'insertRows':
    case 'updateRows':
    case 'deleteRows':
    case 'truncateTable':
    case 'backfill':
    case 'mergeRows':
    case 'refreshView':
      return 'data';
    case 'createIndex':
    case 'dropIndex':
    case 'renameIndex':
    case 'reindex':
      return 'index';
    case 'createPolicy':
    case 'alterPolicy':
    case 'dropPolicy':
    case 'setRowSecurity':
    case 'changePrivileges':
      return 'policy';
    case 'runQuery':
    case 'setSetting':
    case 'controlTransaction':
    case 'lockTable':
    case 'maintain':
      return undefined;
    default:
      return 'schema';
  }
}

/** The risk of one statement and why, by the rule of `classify`. */
export function statementRisk(statement: Statement): { readonly risk: Level; readonly reason?: string } {
  const { lock, data, code } = statement.verdicts ?? {};
  const unknown = statement.operations.find((operation) => operation.type === 'unknown');
  if (unknown?.type === 'unknown') return { risk: 'high', reason: `Not analysed: ${unknown.reason}` };
  if (data?.outcome === 'loses') return { risk: 'high', reason: data.reason ?? 'It loses data.' };
  if (code?.breaksOld) return { risk: 'high', reason: code.reason ?? 'Running code fails.' };
  if (lock?.rewrites?.length)
    return { risk: 'high', reason: `${list(lock.rewrites)} ${lock.rewrites.length === 1 ? 'is' : 'are'} written anew under ACCESS EXCLUSIVE.` };
  const scanned = lock?.locks.find(({ mode, held }) => held === 'scan' && blocksWriters(mode));
  if (data?.outcome === 'may fail') return { risk: 'medium', reason: data.reason ?? 'It may fail on existing rows.' };
  if (scanned) return { risk: 'medium', reason: `Writers of \`${scanned.relation}\` wait while it is read in full (${scanned.mode}).` };
  if (!lock && statement.operations.some((operation) => kindOf(operation) !== undefined))
    return { risk: 'medium', reason: 'Which locks it takes is not certain.' };
  const strong = lock?.locks.find(({ mode }) => mode === 'ACCESS EXCLUSIVE');
  return { risk: 'low', ...(strong ? { reason: `brief ACCESS EXCLUSIVE on \`${strong.relation}\`` } : {}) };
}

const levels: readonly Level[] = ['low', 'medium', 'high'];

/** The greater of two levels of risk. */
export function greaterRisk(one: Level, other: Level): Level {
  return levels.indexOf(one) >= levels.indexOf(other) ? one : other;
}

/**
 * Classifies a change by the verdicts on its statements.
 *
 * Type: `additive` when no statement breaks a release that runs today; `breaking` when each one that touches schema or rows does; else `mixed`.
 *
 * Risk is the greatest of any statement. High: it was not analysed, loses data, breaks running code, or writes a table anew. Medium: it may fail on
 * rows that exist, holds a lock that writers wait for during a scan, or its locks are not certain. Low: all else.
 */
export function classify(statements: readonly Statement[]): Pick<Classification, 'changeType' | 'kinds' | 'risk' | 'reasons'> {
  const touching = statements.filter(({ operations }) => operations.some((operation) => kindOf(operation) !== undefined));
  const breaking = touching.filter(({ verdicts }) => verdicts?.code?.breaksOld);
  const risks = statements.map(statementRisk);
  const risk = risks.reduce<Level>((greatest, each) => greaterRisk(greatest, each.risk), 'low');
  const reasons = new Set(risks.flatMap((each) => (each.risk === risk && risk !== 'low' ? (each.reason ?? []) : [])));
  const kinds = new Set(touching.flatMap(({ operations }) => operations.flatMap((operation) => kindOf(operation) ?? [])));
  const order: readonly Kind[] = ['schema', 'data', 'index', 'policy'];
  return {
    changeType: breaking.length === 0 ? 'additive' : breaking.length === touching.length ? 'breaking' : 'mixed',
    kinds: order.filter((kind) => kinds.has(kind)),
    risk,
    reasons: reasons.size === 0 ? ['Nothing breaks running code, loses data or holds a lock for long.'] : [...reasons],
  };
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
