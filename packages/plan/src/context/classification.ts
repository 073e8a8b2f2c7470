import { blocksWriters } from '@planwright/analyzer';
import type { Classification, Context, Level } from '@planwright/spec';
import { columnDrops } from '../column-drops.js';
import { operationPhrase } from '../operation-phrase.js';
import type { Act, Survey } from '../survey.js';
import { counted, distinct, listed, sentence } from '../words.js';
import { duration } from './duration.js';
import { highest } from './level.js';

type AskedAct = Act<{ readonly id: string }>;

/** What kind of change it is: computed from what was asked for, save the run time, which is the sequence's. */
export function classification(survey: Survey, context: Context): Classification {
  const lasting = survey.asked.filter((act) => act.effect.kind !== 'none');
  const changeType = changeTypeOf(lasting);
  return {
    changeType,
    kinds: kindsOf(lasting),
    risk: riskFloor(survey),
    ...duration(survey, context),
    reasons: reasonsOf(lasting, changeType),
    largeData: lasting.some(({ operation }) => transforms(operation)),
  };
}

/** A statement that was not analysed counts as breaking: nobody can say that it is not. */
function changeTypeOf(acts: readonly AskedAct[]): NonNullable<Classification['changeType']> {
  const breaking = acts.filter(isBreaking);
  if (breaking.length === 0) return 'additive';
  return acts.some((act) => act.effect.kind === 'adds' && !isBreaking(act)) ? 'mixed' : 'breaking';
}

/** Whether a running release fails, or nobody can say that it does not. */
export function isBreaking(act: { readonly effect: AskedAct['effect'] }): boolean {
  return act.effect.breaking ?? true;
}

/** The risk that nobody can talk down: the highest of what the operations do and how long they lock. */
function riskFloor({ asked, planned }: Survey): Level {
  const locks = planned.flatMap(({ statement }): Level[] => {
    const lock = statement.verdicts?.lock;
    const strong = lock?.locks.filter(({ mode }) => blocksWriters(mode)) ?? [];
    if (strong.some(({ held, mode }) => held !== 'brief' && mode === 'ACCESS EXCLUSIVE')) return ['high'];
    return strong.some(({ held }) => held !== 'brief') ? ['medium'] : [];
  });
  return highest([...asked.map((act) => act.effect.risk), ...locks]);
}

function kindsOf(acts: readonly AskedAct[]): NonNullable<Classification['kinds']> {
  const kinds = new Set(acts.map(({ operation }) => kindOf(operation)));
  return (['schema', 'data', 'index', 'policy'] as const).filter((kind) => kinds.has(kind));
}

function kindOf({ type }: AskedAct['operation']): 'schema' | 'data' | 'index' | 'policy' {
  if (['insertRows', 'updateRows', 'deleteRows', 'truncateTable', 'mergeRows', 'backfill', 'refreshView'].includes(type)) return 'data';
  if (['createIndex', 'dropIndex', 'renameIndex', 'reindex'].includes(type)) return 'index';
  return ['createPolicy', 'alterPolicy', 'dropPolicy', 'setRowSecurity', 'changePrivileges'].includes(type) ? 'policy' : 'schema';
}

/** Whether existing rows get values that are more than a copy of another column. */
function transforms(operation: AskedAct['operation']): boolean {
  if (operation.type === 'alterColumnType') return operation.using !== undefined;
  if (operation.type !== 'updateRows' && operation.type !== 'backfill') return false;
  return operation.set ? Object.values(operation.set).some((expression) => !isCopy(expression)) : true;
}

/** Whether an expression is a column's name, a literal or NULL. */
export function isCopy(expression: string): boolean {
  return /^\s*(?:[a-z_][\w.]*|"[^"]+"|'(?:[^']|'')*'(?:::[\w ()]+)?|-?\d+(?:\.\d+)?)\s*$/i.test(expression);
}

function reasonsOf(acts: readonly AskedAct[], changeType: Classification['changeType']): string[] {
  const { together, others } = columnDrops(acts);
  const breaking = others.filter((act) => act.effect.breaking);
  const losing = others.filter((act) => act.effect.data === 'loses');
  const failing = acts.filter((act) => act.effect.data === 'may fail');
  const unknown = acts.filter((act) => act.effect.kind === 'unknown');
  const adding = acts.filter((act) => act.effect.kind === 'adds');
  const reasons = [
    ...together.map(
      ({ table, columns, acts: own }) =>
        `DROP COLUMN ${listed(columns)} of ${table}: ${lowerFirst(own[0]?.effect.code?.replace(/names \S+/, 'names one of them') ?? 'running code breaks.')} Their values are lost.`,
    ),
    ...breaking.map((act) => sentence(`${operationPhrase(act.operation)}: ${lowerFirst(act.effect.code ?? 'a running release fails')}`)),
    ...losing.map((act) => act.effect.dataReason ?? ''),
    ...failing.map((act) => act.effect.dataReason ?? sentence(`${operationPhrase(act.operation)} may fail on the rows that are there`)),
    ...(unknown.length > 0
      ? [
          `${counted(unknown.length, 'operation')} ${unknown.length === 1 ? 'was' : 'were'} not analysed, so the change counts as breaking until somebody has read ${unknown.length === 1 ? 'it' : 'them'}.`,
        ]
      : []),
  ];
  if (changeType === 'additive' && adding.length > 0) reasons.unshift(`Nothing that running code uses is changed or removed: ${additions(adding)}.`);
  return distinct(reasons.filter((reason) => reason !== ''));
}

function additions(acts: readonly AskedAct[]): string {
  const phrases = distinct(acts.map((act) => operationPhrase(act.operation)));
  return phrases.length > 4 ? `${phrases.slice(0, 3).join('; ')}; and ${phrases.length - 3} more additions` : phrases.join('; ');
}

/** A sentence that goes on after a colon. Words of the database keep their case, and names such as `Migration 003`. */
export function lowerFirst(text: string): string {
  return /^(?:An?|It|[A-Z][a-z]+) (?!\d)/.test(text) && !/^(?:Alembic|Diesel|Django|Drizzle|Flyway|Prisma) /.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
