import type { Column, Finding, Operation, Snapshot } from '@planwright/spec';
import { estimateOf, isQuick } from '../estimates.js';
import { calls, lastPart, mentions, mentionsTable } from '../expression-names.js';
import type { JudgedMigration } from '../judged-migration.js';
import type { JudgedStatement } from '../judged-statement.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { Surroundings } from '../lock-facts/postgresql/surroundings.js';
import { tablesRead } from '../touched-objects.js';
import { columnText, madeBy, onTableText, type StatementFacts } from '../verdicts/statement-facts.js';
import { verdictsOf } from '../verdicts/verdicts.js';
import { viewReads } from '../view-reads.js';
import { type Answer, type Asked, columnIn, onOf, tableIn, tableSql, written } from './asked.js';
import { buildOnEachOther, hasKey } from './batches.js';
import { isKey, keyOfConstraint, keyOfIndex, keysDropped, referenced } from './keys-between.js';
import { afterLateFills, lateFills } from './late-fills.js';
import type { Mirror, TableWork } from './mirror.js';
import { type PlacedStatement, type SchemasAround, withSchemas } from './placed-statement.js';
import { interimName } from './postgresql/replaced-column.js';
import { answerTo } from './recipes.js';
import { comesWithColumn, retypedColumns } from './retyped-columns.js';
import { RowOrder, rowsChanged, worksOnRows } from './row-order.js';
import { type Again, againWithout, type Staying, stayingWith } from './staying.js';
import type { PlacedStep, Step, WrittenStep } from './step.js';
import { tableWorkSteps } from './table-work.js';
import { type WholeChange, wholeChange } from './whole-change.js';
import type { Wishes } from './wishes.js';

/** What became of a change: its statements as written, and the steps that replace others. */
export interface Chosen {
  readonly steps: readonly (PlacedStep | WrittenStep)[];
  /** Why statements with findings stay as written, by their ids. */
  readonly kept: ReadonlyMap<string, string>;
  readonly replaced: ReadonlySet<string>;
  /** Statements that stay as written, in a transaction of their own. */
  readonly alone: ReadonlySet<string>;
  /** Tables on which everything happens at once, since they are small. */
  readonly small: ReadonlySet<string>;
}

/** Decides statement by statement. `avoid` holds tables whose statements stay as written, with the reason. */
export function chooseSteps(migrations: readonly JudgedMigration[], before: Snapshot, wishes: Wishes, avoid: ReadonlyMap<string, string>): Chosen {
  const change = wholeChange(migrations, before);
  let staying: Staying = { tables: avoid, columns: new Set() };
  for (;;) {
    const answer = attempt(change, wishes, staying);
    if (!('again' in answer)) return answer;
    staying = stayingWith(staying, answer.again);
  }
}

/** Decides every statement, as long as what has been found so far stays as written. */
function attempt(change: WholeChange, wishes: Wishes, staying: Staying): Chosen | Again {
  const found = retypedColumns(change, wishes, staying);
  if ('again' in found) return found;
  const retyped = found;
  const { before } = change;
  const steps: (PlacedStep | WrittenStep)[] = [];
  const kept = new Map<string, string>();
  const replaced = new Set<string>();
  const alone = new Set<string>();
  const work = new Map<string, TableWork>();
  const small = new Set<string>();
  const removed = new Set<string>();
  const added = new Set<string>();
  /** Those of them that are there before the batches run. */
  const addedEarly = new Set<string>();
  const rows = new RowOrder();
  /** Functions that are made behind what they name. */
  const routines = new Set<string>();
  /** Tables with a column that rows written in one statement need in its new type. */
  const needed = new Set<string>();
  /** Names that statements make which wait for a release; what needs one waits too. */
  const late = new Set<string>();
  /** Tables that get a key in a release to come: a foreign key that may rest on it waits too. */
  const lateKeys = new Set<string>();
  /** Tables that are emptied in a release to come: what is made for them before would be made for rows that go, and a key that points there forbids TRUNCATE. */
  const emptied = new Set<string>();
  const tables = new Map<string, ReturnType<typeof tableIn>>();
  const interimNames = new Map<string, string>();
  const interim: Asked['interim'] = (on, column) => interimNames.get(`${onTableText(on)}.${column}`) ?? column;
  const parts = new Map<number, number>();
  let end = before;

  for (const [statement, schemas] of withSchemas(change.statements, before)) {
    const { judged, id, operations, text, findings } = statement;
    end = schemas.after;
    // Each planned migration is a transaction of its own.
    if (!change.session && operations.length > 0 && operations.every(({ type }) => type === 'controlTransaction')) continue;
    const others = retyped.standsFor(statement);
    if (others) {
      replaced.add(id);
      steps.push(...others);
      continue;
    }
    const apart = retyped.apart.get(id);
    const awaited = [...late].find((name) => mentions(text, name));
    const key = operations.flatMap(referenced).find((name) => lateKeys.has(name));
    // `REFERENCES tags (id)` looks like a call.
    const toBeEmpty = [...emptied].find((name) => mentions(text, name) || calls(text, name));
    const asWritten = (): void => {
      const part = parts.get(statement.migration) ?? 0;
      const apartOf = change.session || wishes.zeroDowntime === false || statement.mode !== 'transactional' ? undefined : rowsAlone(statement, wishes, before);
      if (apartOf) alone.add(id);
      const onRows = operations.some(worksOnRows);
      const behind = rows.placeOf(operations, text);
      const needs = [...added].filter((name) => mentions(text, name));
      const calling = [...routines].some((name) => calls(text, name));
      const follows = needs.length > 0 || calling || behind === 'follow';
      // A trigger waits for its function.
      if (follows) for (const operation of operations) if (operation.type === 'createRoutine') routines.add(operation.routine.name);
      const gated = judged.statement.verdicts?.code?.breaksOld === true;
      // What old columns may still need goes after them.
      const removes = operations.every(({ type }) => type === 'dropType' || type === 'dropSequence' || type === 'dropRoutine');
      // Values of the new type are possible once the old column is gone.
      const retypedIn = operations.some(writesRows)
        ? [...interimNames.keys()].filter((name) => mentions(text, lastPart(name))).map((name) => name.slice(0, name.lastIndexOf('.')))
        : [];
      const last = retypedIn.length > 0 && isLastOnRows(statement, change.statements);
      if (!last) for (const table of retypedIn) needed.add(table);
      const waits =
        awaited !== undefined ||
        retyped.waiting.has(id) ||
        key !== undefined ||
        toBeEmpty !== undefined ||
        behind === 'as written for release' ||
        (gated && replaced.size + findings.length > 0);
      if (waits) rows.waitsForRelease(operations, text);
      if (waits) for (const name of operations.flatMap(namesTaken)) late.add(lastPart(name));
      if (waits) for (const operation of operations) if (operation.type === 'alterColumnType') late.add(operation.column);
      if (waits) for (const operation of operations) if (isKey(operation)) lateKeys.add(onTableText(operation));
      if (waits) for (const operation of operations) if (operation.type === 'truncateTable') emptied.add(operation.table);
      steps.push({
        kind: 'written',
        judged,
        migration: statement.migration,
        part: apartOf ? part + 1 : part,
        ...(apartOf && { alone: apartOf }),
        stage: last
          ? 'rows after cleanup'
          : removes && replaced.size > 0
            ? 'drop old'
            : waits
              ? 'as written for release'
              : onRows && !calling && needs.every((name) => addedEarly.has(name))
                ? needs.length > 0 || behind
                  ? 'rows after backfill'
                  : 'as written'
                : follows
                  ? 'follow'
                  : 'as written',
        ...(gated
          ? { need: { release: `copes with this: ${judged.statement.verdicts?.code?.reason?.replace(/\.$/, '') ?? `statement ${id} changes what code sees`}` } }
          : {}),
      });
      if (apartOf) parts.set(statement.migration, part + 2);
    };
    const clash = operations.flatMap(namesTaken).find((name) => removed.has(name));
    const verdict =
      findings.length === 0
        ? undefined
        : apart !== undefined
          ? { kept: apart }
          : clash !== undefined
            ? { kept: `an earlier statement gives up the name \`${clash}\`, and this one takes it` }
            : awaited !== undefined
              ? { kept: `it needs \`${awaited}\`, which an earlier statement makes that waits for a release` }
              : key !== undefined
                ? { kept: `it needs a key of \`${key}\`, which an earlier statement makes that waits for a release` }
                : toBeEmpty !== undefined
                  ? { kept: `an earlier statement empties \`${toBeEmpty}\`, and waits for a release` }
                  : decide(statement, schemas);
    if (!verdict || 'kept' in verdict) {
      if (verdict) kept.set(id, verdict.kept);
      asWritten();
      continue;
    }
    replaced.add(id);
    const [rule] = findings.map((finding) => finding.rule);
    for (const step of verdict.steps) steps.push({ ...step, from: [id], ...(rule === undefined ? {} : { rule }) });
    for (const { on, mirror } of verdict.mirrors) {
      const at = workOf(on);
      at.mirrors.push({ mirror, from: id, ...(rule === undefined ? {} : { rule }) });
      if (mirror.oldAfterSwap !== undefined) interimNames.set(`${onTableText(on)}.${mirror.old}`, mirror.interim);
    }
    for (const { on, fill } of verdict.fills) {
      const at = workOf(on);
      rows.fills(on);
      at.fills.push({ fill, from: id, ...(rule === undefined ? {} : { rule }) });
      for (const [column, value] of Object.entries(fill.set)) {
        const sources = (tableIn(before, on)?.columns ?? []).flatMap((known) =>
          change.dropped.has(`${onTableText(on)}.${known.name}`) && mentions(value, known.name) ? [known.name] : [],
        );
        const mirrored = at.mirrors.some(({ mirror }) => mirror.interim === column);
        // A trigger tells a value from its row alone.
        const type = columnIn(schemas.before, on, column)?.type;
        const follower = { column, value, sources, ...(type === undefined ? {} : { type }) };
        if (sources.length > 0 && !mirrored && !fill.reads) at.followers.push({ follower, from: id, ...(rule === undefined ? {} : { rule }) });
      }
    }
    for (const operation of operations) {
      for (const name of namesGivenUp(operation)) removed.add(name);
      for (const name of namesTaken(operation)) {
        added.add(lastPart(name));
        if (operation.type === 'renameColumn' || operation.type === 'addColumn' || operation.type === 'createTable') addedEarly.add(lastPart(name));
      }
      if ('table' in operation && typeof operation.table === 'string') {
        const on = onOf({ ...('schema' in operation && operation.schema !== undefined ? { schema: operation.schema } : {}), table: operation.table });
        if (isSmall(onTableText(on), wishes)) small.add(onTableText(on));
        if (!tables.has(onTableText(on))) tables.set(onTableText(on), tableIn(schemas.start, on) ?? tableIn(schemas.before, on));
      }
    }
  }
  if (needed.size > 0) {
    const reason = 'a later statement writes rows with a column in its new type';
    return { again: { tables: new Map([...needed].map((table) => [table, reason] as const)) } };
  }
  // Other recipes have counted on columns that are replaced.
  const stay = [...retyped.columns].filter((name) => !interimNames.has(name));
  if (stay.length > 0) return { again: { columns: new Set(stay) } };
  const filledLate = new Set<string>();
  const lookedUpLate = new Set<string>();
  for (const planned of work.values()) {
    const name = onTableText(planned.on);
    const kept = changesWhatFollows(planned, steps);
    if (kept !== undefined) return againWithout(name, kept);
    const waiting = lateFills(planned, change.toGive, filledLate);
    if (waiting !== undefined && 'kept' in waiting) return againWithout(name, waiting.kept);
    for (const { fill } of waiting ?? []) for (const column of Object.keys(fill.set)) filledLate.add(`${name}.${column}`);
    for (const { fill } of waiting ?? []) for (const table of fill.reads ?? []) lookedUpLate.add(table);
    const each = {
      ...planned,
      ...(waiting && { fills: [...waiting] }),
      mirrors: planned.mirrors.map((one) => ({
        ...one,
        mirror: withDefault(
          one.mirror,
          columnIn(before, planned.on, one.mirror.old),
          columnIn(end, planned.on, one.mirror.oldAfterSwap === undefined ? one.mirror.interim : one.mirror.old),
        ),
      })),
    };
    const made = buildOnEachOther(planned.fills)
      ? { kept: 'a later statement reads or replaces the values that an earlier one gives, and one pass over the rows would not' }
      : tableWorkSteps(each, tables.get(name), small.has(name), wishes.pace, waiting !== undefined);
    // Without batches the whole table stays as it was written.
    if ('kept' in made) return againWithout(name, made.kept);
    steps.push(...made);
  }
  if (replaced.size > 0) return { steps: afterLateFills(steps, filledLate, lookedUpLate), kept, replaced, alone, small };
  // Where nothing takes another way, nothing waits: what stays as written stays in its order. What no release survives is over sooner in one transaction.
  const breaks = change.statements.some(({ judged }) => judged.statement.verdicts?.code?.breaksOld);
  return { steps: steps.map(inOrder), kept, replaced, alone: breaks ? new Set() : alone, small };

  function workOf(on: TableWork['on']): TableWork {
    const name = onTableText(on);
    const known = work.get(name) ?? { on: onOf(on), mirrors: [], followers: [], fills: [] };
    work.set(name, known);
    return known;
  }

  /** Batches run before the column of the new type takes the old one's name. */
  function meetsOldType(on: TableWork['on'], { set, where, reads = [] }: TableWork['fills'][number]['fill']): string | undefined {
    const text = [...Object.keys(set), ...Object.values(set), where].join(' ');
    const name = [...interimNames.keys()].find((one) => {
      const dot = one.lastIndexOf('.');
      return [onTableText(on), ...reads].includes(one.slice(0, dot)) && mentions(text, one.slice(dot + 1));
    });
    return name === undefined ? undefined : `an earlier statement changes the type of \`${name}\`, and batches would meet the old one`;
  }

  /** Why an UPDATE cannot be one of the batches of its table: the others still can. */
  function againstBatches(on: TableWork['on'], fill: TableWork['fills'][number]['fill'], { start, before: then }: SchemasAround): string | undefined {
    if (!hasKey(tables.get(onTableText(on)) ?? tableIn(start, on) ?? tableIn(then, on)) && !isSmall(onTableText(on), wishes))
      return `\`${on.table}\` has no primary key to go by in batches`;
    const known = work.get(onTableText(on))?.fills ?? [];
    return buildOnEachOther([...known, { fill, from: '' }])
      ? 'it reads or replaces the values that an earlier statement gives, and one pass over the rows would not end as the two do'
      : undefined;
  }

  function decide(
    { judged, operations, findings }: PlacedStatement,
    schemas: SchemasAround,
  ):
    | { readonly kept: string }
    | {
        readonly steps: readonly Step[];
        readonly mirrors: readonly { readonly on: TableWork['on']; readonly mirror: TableWork['mirrors'][number]['mirror'] }[];
        readonly fills: readonly { readonly on: TableWork['on']; readonly fill: TableWork['fills'][number]['fill'] }[];
      } {
    if (wishes.zeroDowntime === false) return { kept: 'a maintenance window is allowed' };
    if (change.session) return { kept: 'the change sets its session up by itself, and steps in other files would run without that' };
    const quick = quickReason(judged, findings, wishes);
    // However quick, rows of a column that must be given a value are filled behind the release that gives it.
    const waits = operations.some((one) => one.type === 'updateRows' && one.columns?.some((column) => change.toGive.has(`${onTableText(one)}.${column}`)));
    if (quick !== undefined && !waits) return { kept: quick };
    const found = {
      steps: [] as Step[],
      mirrors: [] as { on: TableWork['on']; mirror: TableWork['mirrors'][number]['mirror'] }[],
      fills: [] as { on: TableWork['on']; fill: TableWork['fills'][number]['fill'] }[],
    };
    if (findings.every(({ verdict }) => verdict === 'data') && operations.every(({ type }) => type === 'createView' || type === 'createRoutine'))
      return { kept: 'PostgreSQL refuses it as it stands, whenever it runs' };
    for (const one of proofsLast(operations)) {
      if (comesWithColumn(one, retyped.columns)) continue;
      const retyping = one.type === 'alterColumnType' ? retyped.retyping(one, schemas) : undefined;
      const { operation, before: sideBefore, after: sideAfter } = retyping ?? { operation: one, ...schemas };
      const on = 'table' in operation && typeof operation.table === 'string' ? onOf(operation as TableWork['on']) : undefined;
      const reading = operation.type === 'dropView' ? schemas.before.views?.find(({ name }) => name === operation.name) : undefined;
      if (reading && change.renamed.some(([table, column]) => viewReads(reading, table, column)))
        return { kept: 'another statement of the change renames a column that the view reads, and it would come back with the old name' };
      const freed = keysDropped(operation, schemas.before).find((name) => change.toFree.has(name));
      if (freed !== undefined) return { kept: `a later statement needs \`${freed}\` without foreign keys that point at it` };
      const key =
        operation.type === 'dropIndex'
          ? keyOfIndex(schemas.before, operation.name)
          : operation.type === 'dropConstraint'
            ? keyOfConstraint(schemas.before, operation)
            : '';
      if (change.pointedAt.has(key ?? '')) return { kept: 'a foreign key of the change would rest on this index until it goes' };
      const avoided = on && staying.tables.get(onTableText(on));
      if (avoided !== undefined) return { kept: avoided };
      // What the same statement makes, no running release knows.
      const facts: StatementFacts = { ...judged.facts, operations: [one], made: new Set([...judged.facts.made, ...madeBy(operations)]) };
      const around = new Surroundings(facts, judged.statement.sql ?? '');
      const verdicts = verdictsOf(around);
      const answer = isHarmless(verdicts, operation)
        ? plain(operation, schemas.before)
        : answerTo({
            operation,
            facts,
            around,
            before: sideBefore,
            after: sideAfter,
            version: wishes.version,
            breaks: verdicts.code?.breaksOld === true,
            refused: retyping?.keepsLabels ? undefined : refusedBy(verdicts),
            interim,
            replacement: (at, column) => (retyped.columns.has(`${onTableText(at)}.${column}`) ? interimName(column) : undefined),
            isNewColumn: (at, column) => columnIn(before, at, column) === undefined,
            isRequired: (at, column) => change.required.has(`${onTableText(at)}.${column}`),
            isTaken: (at, constraint) => tableIn(before, at)?.constraints?.some(({ name }) => name === constraint) === true,
          });
      if (!answer) return { kept: `no other form of it is known (\`${operation.type}\`)` };
      if ('kept' in answer) return answer;
      found.steps.push(...answer.steps);
      if (on) {
        found.mirrors.push(...(answer.mirrors ?? []).map((mirror) => ({ on, mirror })));
        for (const fill of answer.fills ?? []) {
          const against = meetsOldType(on, fill) ?? (operation.type === 'updateRows' ? againstBatches(on, fill, schemas) : undefined) ?? rows.against(on, fill);
          if (against !== undefined) return { kept: against };
          found.fills.push({ on, fill });
        }
      }
    }
    return found;
  }
}

/** The values that an operation fails on. */
function refusedBy({ data }: ReturnType<typeof verdictsOf>): Asked['refused'] {
  if (data?.outcome !== 'may fail' || data.reason === undefined) return undefined;
  return { reason: data.reason, ...(data.sql === undefined ? {} : { query: data.sql }) };
}

function writesRows({ type }: Operation): boolean {
  return type === 'updateRows' || type === 'insertRows' || type === 'deleteRows' || type === 'mergeRows';
}

/** Whether nothing that follows in the change meets the rows that a statement writes or reads: it can run as late as may be. */
function isLastOnRows(statement: PlacedStatement, all: readonly PlacedStatement[]): boolean {
  const tables = statement.operations.flatMap((operation) => [...rowsChanged(operation), ...tablesRead(operation)]);
  return all
    .slice(all.indexOf(statement) + 1)
    .every(
      ({ text, operations }) =>
        operations.every(({ type }) => type === 'addColumn' || type === 'setComment' || type === 'dropType') ||
        !tables.some((table) => mentionsTable(text, table)),
    );
}

/** Why no trigger can keep a table's columns equal: a statement that stays as written renames or drops one while it does. */
function changesWhatFollows({ on, mirrors, followers }: TableWork, steps: readonly (PlacedStep | WrittenStep)[]): string | undefined {
  const columns = new Set([...mirrors.map(({ mirror }) => mirror.interim), ...followers.map(({ follower }) => follower.column)]);
  if (columns.size === 0) return undefined;
  for (const step of steps) {
    if (step.kind !== 'written') continue;
    for (const operation of step.judged.statement.operations) {
      const changes = operation.type === 'renameColumn' || operation.type === 'dropColumn' || operation.type === 'alterColumnType';
      if (changes && onTableText(operation) === onTableText(on) && columns.has(operation.column))
        return `a later statement changes \`${operation.column}\`, which a trigger would have to keep up with`;
    }
  }
  return undefined;
}

/** The default that the column has in the end and had in the beginning, whatever statements set and dropped it in between. */
function withDefault(mirror: Mirror, start: Column | undefined, end: Column | undefined): Mirror {
  const { default: _, ...rest } = mirror;
  return { ...rest, hasDefault: start?.default !== undefined, ...(end?.default === undefined ? {} : { default: end.default }) };
}

/** SET NOT NULL before the constraints that go in the same statement: PostgreSQL drops them first, and with them what proves it without a scan. */
function proofsLast(operations: readonly Operation[]): readonly Operation[] {
  if (!operations.some(({ type }) => type === 'setNotNull')) return operations;
  const comes = new Set(operations.flatMap((operation) => (operation.type === 'addConstraint' ? [operation.constraint.name] : [])));
  const waits = (operation: Operation): boolean => operation.type === 'dropConstraint' && !comes.has(operation.name);
  return [...operations.filter((operation) => !waits(operation)), ...operations.filter(waits)];
}

/** An operation that is brief, cannot fail and breaks nobody goes with the others of its statement. */
function isHarmless({ lock, code, data }: ReturnType<typeof verdictsOf>, operation: Operation): boolean {
  if (!lock || !code || operation.type === 'updateRows') return false;
  const slow = lock.locks.some(({ held, mode }) => held !== 'brief' && blocksWriters(mode));
  return !slow && !code.breaksOld && (data === undefined || data.outcome === 'safe') && !(operation.type === 'createIndex');
}

function plain(operation: Operation, before: Snapshot): Answer | undefined {
  const statements = written(operation, before);
  if (!statements) return undefined;
  const on = 'table' in operation && typeof operation.table === 'string' ? onOf(operation as TableWork['on']) : undefined;
  const prefix = on ? `ALTER TABLE ${tableSql(on)} ` : undefined;
  const joins =
    operation.type === 'addColumn' ||
    operation.type === 'dropNotNull' ||
    operation.type === 'setDefault' ||
    operation.type === 'dropDefault' ||
    operation.type === 'addConstraint';
  return {
    steps: statements.map(
      (sql): Step =>
        on && prefix && joins && sql.startsWith(prefix)
          ? { kind: 'alter', stage: operation.type === 'addConstraint' ? 'constraints not valid' : 'add columns', table: on, action: sql.slice(prefix.length) }
          : { kind: 'statement', stage: 'add columns', ...(on ? { table: on } : {}), sql },
    ),
  };
}

function inOrder(step: PlacedStep | WrittenStep): PlacedStep | WrittenStep {
  if (step.kind !== 'written') return step;
  const { need: _, ...rest } = step;
  return { ...rest, stage: 'as written' };
}

/** A statement on many rows that meets a lock of an earlier one of its transaction: alone it would not. What is quick stays where it is. */
function rowsAlone({ judged, operations, findings }: PlacedStatement, wishes: Wishes, start: Snapshot): WrittenStep['alone'] {
  const onRows = operations.every(writesRows);
  if (!onRows || !findings.some(({ rule }) => rule === 'lock-held-through-later-work')) return undefined;
  if (quickReason(judged, findings, wishes) !== undefined) return undefined;
  const ownColumns = operations.every(
    (one) => one.type === 'updateRows' && one.columns !== undefined && one.columns.every((column) => columnIn(start, one, column) === undefined),
  );
  return { ownColumns };
}

/** Where only time or rows are at stake and the tables are small, the plain statement stays. */
function quickReason({ statement }: JudgedStatement, findings: readonly Finding[], { stats }: Wishes): string | undefined {
  if (findings.some(({ verdict }) => verdict === 'code') || !isQuick(statement, stats)) return undefined;
  const { lock } = statement.verdicts ?? {};
  const estimate = lock && estimateOf(lock, stats, statement.operations);
  return estimate ? `it is estimated to take at most ${estimate.max} s (${estimate.from})` : undefined;
}

/** Whether a table is so small that its rows can be changed in one statement. */
function isSmall(table: string, { stats }: Wishes): boolean {
  const estimate = estimateOf({ rewrites: [], scans: [table] }, stats, [{ type: 'updateRows', table }]);
  return estimate !== undefined && estimate.max < 1;
}

/** Names that an operation gives up: `orders.placed_by`, `orders`. */
function namesGivenUp(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'renameColumn':
    case 'dropColumn':
      return [columnText(operation)];
    case 'dropTable':
    case 'renameTable':
      return [onTableText(operation)];
    case 'dropIndex':
    case 'dropView':
      return [operation.name];
    default:
      return [];
  }
}

/** Names that an operation takes. */
function namesTaken(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'renameColumn':
      return [`${onTableText(operation)}.${operation.to}`];
    case 'addColumn':
      return [`${onTableText(operation)}.${operation.column.name}`];
    case 'createTable':
      return [onTableText({ ...(operation.table.schema === undefined ? {} : { schema: operation.table.schema }), table: operation.table.name })];
    case 'renameTable':
      return [onTableText({ ...operation, table: operation.to })];
    case 'createView':
      return [operation.view.name];
    case 'createIndex':
      return operation.index.name === undefined ? [] : [operation.index.name];
    default:
      return [];
  }
}
