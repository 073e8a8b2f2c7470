import type { Phase, TransactionMode } from '@planwright/spec';
import { escaped } from '../escaped.js';
import type { On } from '../lock-facts/postgresql/surroundings.js';
import { outsideOnly } from '../transaction-mode.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { tableSql } from './asked.js';
import type { Chosen } from './choose-steps.js';
import { searchPathAgain } from './search-path.js';
import { type PlacedStep, type Stage, type StatementStep, stages, type WrittenStep } from './step.js';
import { alter } from './table-work.js';

/** A statement of a migration to be. */
export interface CombinedStatement extends Pick<StatementStep, 'operations' | 'verdicts' | 'down' | 'reversibility' | 'copies'> {
  readonly sql: string;
  readonly why?: string;
  readonly from: readonly string[];
  readonly rule?: string;
}

/** Statements that run together. */
export interface CombinedMigration {
  readonly group: (typeof stages)[number]['group'];
  readonly phase: Phase;
  readonly table?: On;
  readonly mode: TransactionMode;
  readonly reason?: string;
  /** Place of the migration of the change, where its statements stand as written. */
  readonly written?: number;
  /** One statement of those, which works on many rows. */
  readonly alone?: boolean;
  readonly statements: readonly CombinedStatement[];
  readonly needs: readonly NonNullable<PlacedStep['need']>[];
  readonly stages: ReadonlySet<Stage>;
}

const placeOfStage = new Map<Stage, number>(stages.map(({ name }, index) => [name, index]));
const groups = [...new Set(stages.map(({ group }) => group))];

/** Steps that go into one migration. */
interface Bucket {
  readonly group: number;
  /** Order of its first step, and place of its earliest stage. */
  readonly first: number;
  stage: number;
  readonly items: (PlacedStep | WrittenStep)[];
}

/** Orders steps by stage, and puts those together that share group, table and transaction mode. `modes` tells how each migration of the change runs. */
export function combineSteps({ steps, small, paths }: Chosen, modes: readonly TransactionMode[]): readonly CombinedMigration[] {
  // Statements as written stay with their neighbours; what is replaced between them moves elsewhere.
  const buckets = new Map<string, Bucket>();
  for (const [order, step] of steps.entries()) {
    const { key, group } = bucketOf(step, small, order, modes);
    const stage = placeOfStage.get(step.stage) ?? 0;
    const known = buckets.get(key);
    if (!known) buckets.set(key, { group, first: order, stage, items: [step] });
    else {
      known.items.push(step);
      known.stage = Math.min(known.stage, stage);
    }
  }
  // Within a group, what begins at an earlier stage comes first: a partition is attached before the check that proved it goes.
  return [...buckets.values()]
    .sort((one, other) => one.group - other.group || one.stage - other.stage || one.first - other.first)
    .map(({ items, group }) => migrationOf(items, groups[group] ?? 'as written', { small, paths, modes }));
}

function bucketOf(
  step: PlacedStep | WrittenStep,
  small: ReadonlySet<string>,
  order: number,
  modes: readonly TransactionMode[],
): { readonly key: string; readonly group: number } {
  if (step.kind === 'written') {
    const outside = modes[step.migration] === 'transactional' && step.judged.statement.operations.some((operation) => outsideOnly(operation) !== undefined);
    return { key: `${step.stage} ${step.migration} ${step.part}${outside ? ` ${order}` : ''}`, group: groups.indexOf(step.stage) };
  }
  const table = step.table ? onTableText(step.table) : '';
  const group = groupOf(step.stage, small.has(table));
  const alone = step.kind === 'statement' && step.alone !== undefined && !small.has(table);
  return { key: `${groups[group]} ${table}${alone ? ` ${order}` : ''}`, group };
}

/** A small table is changed at once: all that happens before the first gate in one migration, and all between the gates in another. */
function groupOf(stage: Stage, small: boolean): number {
  const known = stages[placeOfStage.get(stage) ?? 0];
  if (!known) return 0;
  if (small && (known.phase === 'migrate' || known.group === 'prepare')) return groups.indexOf('prepare');
  if (small && known.phase === 'contract') return groups.indexOf('require');
  return groups.indexOf(known.group);
}

function migrationOf(
  items: readonly (PlacedStep | WrittenStep)[],
  group: CombinedMigration['group'],
  { small, paths, modes }: Pick<Chosen, 'small' | 'paths'> & { readonly modes: readonly TransactionMode[] },
): CombinedMigration {
  const ordered = [...items].sort((one, other) => (placeOfStage.get(one.stage) ?? 0) - (placeOfStage.get(other.stage) ?? 0));
  const [first] = ordered;
  const phase = stages.find((stage) => stage.group === group)?.phase ?? 'expand';
  const needs = ordered.flatMap(({ need }) => need ?? []);
  const common = { group, phase, needs, stages: new Set(ordered.map(({ stage }) => stage)) };
  if (first?.kind === 'written') {
    const refused = first.judged.statement.operations.map(outsideOnly).find((one) => one !== undefined);
    const path = paths.get(first.migration);
    const mode = refused === undefined ? (modes[first.migration] ?? 'transactional') : 'none';
    return {
      ...common,
      mode,
      ...(refused === undefined ? {} : { reason: `${refused} cannot run inside one.` }),
      written: first.migration,
      ...(first.alone && { alone: true }),
      statements: [...(path ? [searchPathAgain(path, mode)] : []), ...ordered.flatMap((step) => (step.kind === 'written' ? [asWritten(step)] : []))],
    };
  }
  const table = first?.table;
  const isSmall = table !== undefined && small.has(onTableText(table));
  const placed = withoutProofs(
    ordered.flatMap((step) => (step.kind === 'written' ? [] : [step])),
    isSmall,
  );
  const alone = isSmall ? undefined : placed.map((step) => (step.kind === 'statement' ? step.alone : undefined)).find((reason) => reason !== undefined);
  return {
    ...common,
    ...(table ? { table } : {}),
    mode: alone === undefined ? 'transactional' : 'none',
    ...(alone === undefined ? {} : { reason: alone }),
    statements: joinedAlters(renamedOnce(placed), isSmall),
  };
}

function asWritten({ judged: { statement }, alone }: WrittenStep): CombinedStatement {
  return {
    sql: statement.sql ?? '',
    from: statement.id === undefined ? [] : [statement.id],
    operations: statement.operations,
    ...(alone?.ownColumns && { down: '', reversibility: { kind: 'reversible', basis: 'predicted', reason: 'the filled columns may stay' } }),
  };
}

/** What a small table need not prove first: a check that comes and goes in one migration saves a scan that is over at once. */
function withoutProofs(steps: readonly PlacedStep[], isSmall: boolean): readonly PlacedStep[] {
  if (!isSmall) return steps;
  const textOf = (step: PlacedStep): string => (step.kind === 'alter' ? step.action : step.sql);
  const proofs = steps.flatMap((step) =>
    step.stage === 'drop proof' || step.stage === 'drop required proof' ? (/\bDROP CONSTRAINT ("[^"]+"|\S+)$/.exec(textOf(step))?.[1] ?? []) : [],
  );
  const comesAndGoes = proofs.filter((name) => steps.some((step) => textOf(step).includes(`ADD CONSTRAINT ${name} `)));
  return steps.filter((step) => !comesAndGoes.some((name) => new RegExp(`\\bCONSTRAINT ${escaped(name)}(?:\\s|$)`).test(textOf(step))));
}

const rename = /^ALTER TABLE (\S+) RENAME CONSTRAINT (\S+) TO (\S+)$/;

/** A constraint that is renamed twice in one migration goes to its last name at once. */
function renamedOnce(steps: readonly PlacedStep[]): readonly PlacedStep[] {
  const result: PlacedStep[] = [];
  for (const step of steps) {
    const [, table, from, to] = (step.kind === 'statement' && rename.exec(step.sql)) || [];
    const at =
      from === undefined ? -1 : result.findIndex((one) => one.kind === 'statement' && one.sql.endsWith(` ${from}`) && rename.exec(one.sql)?.[1] === table);
    const earlier = result[at];
    if (step.kind !== 'statement' || earlier?.kind !== 'statement') {
      result.push(step);
      continue;
    }
    const [, , first = ''] = rename.exec(earlier.sql) ?? [];
    result.splice(at, 1);
    result.push({ ...step, sql: `ALTER TABLE ${table} RENAME CONSTRAINT ${first} TO ${to}`, from: [...new Set([...earlier.from, ...step.from])] });
  }
  return result;
}

/** Parts of one ALTER TABLE stand where the first of them does. */
function joinedAlters(steps: readonly PlacedStep[], isSmall: boolean): readonly CombinedStatement[] {
  const statements: CombinedStatement[] = [];
  const open = new Map<
    string,
    {
      readonly table: On;
      readonly index: number;
      readonly actions: string[];
      readonly whys: Set<string>;
      readonly from: Set<string>;
      readonly copies: Set<string>;
    }
  >();
  for (const step of steps) {
    const why = isSmall ? undefined : step.why;
    if (step.kind === 'statement') {
      const { operations, verdicts, down, reversibility, rule, copies } = step;
      statements.push({
        sql: isSmall ? step.sql.replace(' CONCURRENTLY', '') : step.sql,
        from: step.from,
        ...(why === undefined ? {} : { why }),
        ...(rule === undefined ? {} : { rule }),
        ...(operations ? { operations } : {}),
        ...(verdicts ? { verdicts } : {}),
        ...(down === undefined ? {} : { down }),
        ...(reversibility ? { reversibility } : {}),
        ...(copies ? { copies } : {}),
      });
      continue;
    }
    const key = `${step.stage} ${onTableText(step.table)}`;
    const known = open.get(key);
    if (known) {
      // Two statements may ask for the same: NOT NULL by itself, and as a part of the key.
      if (!known.actions.includes(step.action)) known.actions.push(step.action);
      for (const id of step.from) known.from.add(id);
      if (why !== undefined) known.whys.add(why);
      for (const copy of step.copies ?? []) known.copies.add(copy);
    } else {
      open.set(key, {
        table: step.table,
        index: statements.length,
        actions: [step.action],
        whys: new Set(why === undefined ? [] : [why]),
        from: new Set(step.from),
        copies: new Set(step.copies),
      });
      statements.push({ sql: '', from: step.from, ...(step.rule === undefined ? {} : { rule: step.rule }) });
    }
  }
  for (const { table, index, actions, whys, from, copies } of open.values()) {
    statements[index] = {
      ...statements[index],
      sql: alter(tableSql(table), actions),
      from: [...from],
      ...(whys.size > 0 ? { why: together(whys) } : {}),
      ...(copies.size > 0 ? { copies: [...copies] } : {}),
    };
  }
  return statements;
}

/** Reasons one after the other; what begins as one before it joins that: "NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE, a brief SHARE ROW EXCLUSIVE on `orders`." */
function together(whys: ReadonlySet<string>): string {
  const told = new Map<string, string[]>();
  for (const why of whys) {
    const [, head = '', tail = why] = /^([^:.]+: )(.+)$/.exec(why) ?? [];
    told.set(head, [...(told.get(head) ?? []), tail]);
  }
  return [...told]
    .map(([head, tails]) =>
      head === '' ? tails.join(' ') : `${head}${tails.map((tail, place) => (place < tails.length - 1 ? tail.replace(/\.$/, ',') : tail)).join(' ')}`,
    )
    .join(' ');
}
