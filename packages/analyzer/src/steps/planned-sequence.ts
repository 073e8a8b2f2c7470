import type { Constraint, Operation, PlannedMigration, PlannedStatement, Reversibility, Sequence, Snapshot, Verdicts } from '@planwright/spec';
import { diff, downStatements, reachesOnlyNull, reversibilityOf, type UpMigration, type UpStatement, writerOf } from '@planwright/sql';
import { type PostgresqlDialect, queryWithoutStar, quoteIdentifier } from '@planwright/sql/postgresql';
import { carryOperations } from '../carry-operations.js';
import { Draft } from '../draft/draft.js';
import { escaped } from '../escaped.js';
import { type FillingStatement, upOf } from '../filling-statement.js';
import { FirstFills } from '../first-fills.js';
import type { Conventions } from '../frameworks/framework.js';
import type { JudgedMigration } from '../judged-migration.js';
import { type DoneBefore, type JudgedStatement, type Judging, judge, nothingDone } from '../judged-statement.js';
import { nameWithoutVersion, stampIn, versionOf } from '../layouts/version.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import { readScript } from '../read-script.js';
import { snakeCase } from '../snake-case.js';
import { around, NeededBefore } from '../touched-objects.js';
import { refusedDrop } from '../verdicts/postgresql/data.js';
import { refusedTypeChange } from '../verdicts/postgresql/type-outcome.js';
import { onTableText } from '../verdicts/statement-facts.js';
import type { CombinedMigration, CombinedStatement } from './combine-steps.js';
import { behindGates, gatesOf } from './gates.js';
import { MadeTables } from './goes-with-table.js';
import { keysMissing } from './keys-between.js';
import { aroundForeignKeys } from './keys-on-index.js';
import { nameAndPurpose } from './planned-names.js';

/** What a planned sequence is read back with. */
export interface ReadBack {
  readonly dialect: PostgresqlDialect;
  readonly conventions: Conventions;
  /** The whole schema before the change, and after it as its author wrote it. */
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** The planned migrations, and what speaks against them: statements that don't read, and how their end differs. */
export interface Planned {
  readonly sequence: Sequence;
  /** Ids of planned migrations by the statement of the change that they stand for. */
  readonly standsFor: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly string[];
  readonly differing: readonly Operation[];
}

/** Carries the combined steps through the schema, as they will run: operations, verdicts and ways back are those of the SQL that the plan shows. */
export function plannedSequence(combined: readonly CombinedMigration[], migrations: readonly JudgedMigration[], read: ReadBack): Planned {
  const draft = new Draft(read.before);
  const problems: string[] = [];
  const version = migrations[0]?.statements[0]?.facts.version;
  const standsFor = new Map<string, string[]>();
  const needed = new NeededBefore();
  const ids = combined.map((_, index) => String(index + 1).padStart(3, '0'));
  const ownerOf = new Map(migrations.flatMap(({ statements }, place) => statements.map(({ statement }) => [statement.id ?? '', place] as const)));
  const owners = combined.map(({ statements }) => new Set(statements.flatMap(({ from }) => from.flatMap((id) => ownerOf.get(id) ?? []))));
  const refusedAnyway = new Set(
    migrations.flatMap(({ statements }) => statements.flatMap((judged) => (refusals(judged).length > 0 ? [judged.statement.id] : []))),
  );
  let done = nothingDone;
  const firstFills = new FirstFills();
  const planned = combined.map((migration, index): PlannedMigration => {
    const id = ids[index] ?? '';
    const whole = wholeMigration(migration, migrations);
    const start = draft.finish();
    draft.searchPath = [undefined];
    firstFills.begin();
    const carried = carry(migration, draft, read.dialect, problems, { done, version }, firstFills);
    done = carried.done;
    // What runs in the change and would not in the sequence: a view that another step makes stands over its column.
    for (const [place, judged] of carried.judged.entries())
      if (!migration.statements[place]?.from.some((from) => refusedAnyway.has(from))) problems.push(...refusals(judged));
    const ownTables = new MadeTables();
    const timeout = migration.mode === 'transactional' && !whole && carried.judged.some(holdsUp);
    for (const { from } of migration.statements) for (const one of from) standsFor.set(one, [...new Set([...(standsFor.get(one) ?? []), id])]);
    const only = whole ?? onlyOneOf(owners, index, migrations);
    const { name, purpose } = only
      ? { name: snakeCase(only.name), purpose: undefined }
      : nameAndPurpose(migration, snakeCase(migrations[migration.written ?? 0]?.name ?? 'migration'));
    return {
      id,
      name,
      ...(whole ? wholeFiles(whole) : filesOf(read.conventions, migrations, name, index)),
      ...(purpose === undefined ? {} : { purpose }),
      ...(migration.written === undefined || (migration.group !== 'as written' && migration.group !== 'follow') ? { phase: migration.phase } : {}),
      transaction: migration.mode,
      ...(migration.reason === undefined ? {} : { transactionReason: `${migration.reason}${marked(migration, read.conventions)}` }),
      dependsOn: needed.of(id, carried.judged),
      statements: [
        ...(timeout ? [lockTimeout] : []),
        ...carried.judged.map((judged, place) => {
          const statement = statementOf(judged, migration.statements[place], start, read.before);
          return ownTables.takes(judged.statement.operations) ? { ...statement, down: '' } : statement;
        }),
      ],
      reversibility: wayBack(migration, carried.judged, read.before),
      ...(timeout ? { lockTimeout: '2s' } : {}),
    };
  });
  const gates = gatesOf(combined, ids);
  const end = draft.finish();
  const order = columnOrder(end, read.after);
  return {
    sequence: {
      migrations: behindGates(planned, gates),
      ...(gates.length > 0 ? { gates: [...gates] } : {}),
      ...(order.length > 0 ? { differences: [...order] } : {}),
    },
    standsFor,
    problems,
    differing: diff(withoutStars(end), withoutStars(read.after)),
  };
}

/** Why PostgreSQL refuses a statement whatever the rows are, and on which table. */
function refusals({ around, statement }: JudgedStatement): readonly string[] {
  return statement.operations.flatMap((operation) => {
    if (operation.type !== 'alterColumnType' && operation.type !== 'dropColumn') return [];
    const reason = operation.type === 'dropColumn' ? refusedDrop(around, operation) : refusedTypeChange(around, operation);
    return reason === undefined ? [] : [`\`${onTableText(operation)}\`: ${reason}`];
  });
}

/** Views that a star made over a column whose place has changed are the same when they name it. */
function withoutStars(snapshot: Snapshot): Snapshot {
  if (!snapshot.views?.some(({ query }) => query.includes('*'))) return snapshot;
  return { ...snapshot, views: snapshot.views.map((view) => ({ ...view, query: queryWithoutStar(view) ?? view.query })) };
}

const lockTimeout: PlannedStatement = {
  sql: "SET LOCAL lock_timeout = '2s'",
  down: '',
  why: 'On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than that.',
  operations: [{ type: 'setSetting', name: 'lock_timeout', value: '2s', local: true }],
};

/** How the file tells the framework that it must run outside a transaction, where that one does not see it by itself. */
function marked({ statements }: CombinedMigration, { noTransaction, detectsNonTransactional }: Conventions): string {
  const seen = detectsNonTransactional && statements.some(({ sql }) => /\bCONCURRENTLY\b/i.test(sql));
  return noTransaction === undefined || seen ? '' : ` Marked by ${noTransaction}.`;
}

function holdsUp({ statement }: JudgedStatement): boolean {
  const { lock } = statement.verdicts ?? {};
  return lock === undefined
    ? statement.operations.some(({ type }) => type !== 'setSetting' && type !== 'insertRows')
    : lock.locks.some(({ mode }) => blocksWriters(mode));
}

/** The migration of the change, where the planned one is the same, statement by statement. */
function wholeMigration({ written, statements, group }: CombinedMigration, migrations: readonly JudgedMigration[]): JudgedMigration | undefined {
  const migration = written === undefined || group !== 'as written' ? undefined : migrations[written];
  return migration && migration.statements.length === statements.length ? migration : undefined;
}

/** The whole schema around a statement: its way back may need what it does not touch. */
interface Sides {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

type Carried = FillingStatement & { readonly whole: Sides };

/** The migration of the change that this planned one, and no other, stands for: it keeps its name. */
function onlyOneOf(owners: readonly ReadonlySet<number>[], index: number, migrations: readonly JudgedMigration[]): JudgedMigration | undefined {
  const [owner, second] = [...(owners[index] ?? [])];
  if (owner === undefined || second !== undefined || owners.some((others, place) => place !== index && others.has(owner))) return undefined;
  return migrations[owner];
}

function carry(
  { statements, mode }: CombinedMigration,
  draft: Draft,
  dialect: PostgresqlDialect,
  problems: string[],
  judging: Pick<Judging, 'done' | 'version'>,
  firstFills: FirstFills,
): { readonly judged: readonly Carried[]; readonly done: DoneBefore } {
  const whole: Sides[] = [];
  const reads = statements.flatMap((planned) => {
    const start = draft.finish();
    if (planned.sql === '') {
      // Operations whose SQL is written later, or by a person.
      const read = carryOperations(draft, planned.operations ?? [], (_code, message) => problems.push(message));
      whole.push({ before: start, after: draft.finish() });
      return [read];
    }
    const { statements: found, issues } = readScript(dialect, { path: 'sequence', text: planned.sql }, draft);
    problems.push(...issues.map(({ message }) => message));
    const [only] = found;
    if (!only || found.length > 1) problems.push(`The planned statement does not read as one: ${planned.sql.slice(0, 80)}`);
    // With a problem the whole sequence is given up.
    if (!only) return [];
    problems.push(...only.operations.flatMap((operation) => keysMissing(draft, operation)));
    const { file: _, line: _line, column: _column, ...rest } = only;
    whole.push({ before: start, after: draft.finish() });
    return [{ ...rest, sql: planned.sql, ...(planned.operations ? { operations: planned.operations } : {}) }];
  });
  const { statements: judged, done } = judge(reads, { ...judging, mode });
  return {
    judged: judged.map(handsOver).map((one, place) => ({
      ...withGivenVerdicts(one, statements[place]),
      whole: whole[place] ?? one,
      fills: firstFills.of(one.statement.operations),
    })),
    done,
  };
}

/** A name that one type gives up and another takes in the same migration is there for whoever comes after it. */
function handsOver(judged: JudgedStatement, place: number, all: readonly JudgedStatement[]): JudgedStatement {
  const [operation] = judged.statement.operations;
  if (operation?.type !== 'renameType') return judged;
  const takes = (one: Operation): boolean => one.type === 'renameType' && one.to === operation.name && one.schema === operation.schema;
  if (!all.slice(place + 1).some(({ statement }) => statement.operations.some(takes))) return judged;
  const code = { basis: 'predicted', breaksOld: false, needsNew: false } as const;
  return { ...judged, statement: { ...judged.statement, verdicts: { ...judged.statement.verdicts, code } } };
}

/** What a step says of itself. A backfill is known by its operation, and what it locks by its batches. What it writes over is lost, unless that is NULL. */
function withGivenVerdicts(judged: JudgedStatement, planned: CombinedStatement | undefined): JudgedStatement {
  const [operation] = judged.statement.operations;
  const { code } = planned?.verdicts ?? {};
  if (code) return { ...judged, statement: { ...judged.statement, verdicts: { ...judged.statement.verdicts, code } } };
  if (operation?.type !== 'backfill') return judged;
  const columns = Object.keys(operation.set);
  const verdicts: Verdicts = {
    lock: {
      basis: 'predicted',
      locks: [{ relation: onTableText(operation), mode: 'ROW EXCLUSIVE', held: 'brief' }],
      note: 'The rows of one batch are locked until it commits; a writer of one of them waits that long.',
    },
    data:
      planned?.reversibility?.kind !== 'reversible' && !reachesOnlyNull(operation.where, columns)
        ? {
            basis: 'predicted',
            outcome: 'loses',
            reason: `The values of ${columns.map((column) => `\`${column}\``).join(', ')} that it replaces in \`${onTableText(operation)}\` are lost.`,
          }
        : (planned?.verdicts?.data ?? { basis: 'predicted', outcome: 'safe' }),
    code: { basis: 'predicted', breaksOld: false, needsNew: false },
  };
  return { ...judged, statement: { ...judged.statement, verdicts } };
}

function statementOf(judged: Carried, planned: CombinedStatement | undefined, origin: Snapshot, change: Snapshot): PlannedStatement {
  const { sql, operations, verdicts } = judged.statement;
  const given = planned?.down === undefined ? undefined : withTypesOfThen(planned.down, judged);
  const down =
    given === undefined
      ? isProofDropped(judged, planned, change)
        ? restsOf(judged, origin).join(';\n')
        : generatedDown(judged, origin)
      : given !== '' && judged.statement.operations.some(({ type }) => type === 'dropColumn')
        ? [given, ...restsOf(judged, origin)].join(';\n')
        : given;
  return {
    ...(sql === undefined ? {} : { sql }),
    ...(down === undefined ? {} : { down }),
    ...(planned?.from[0] === undefined ? {} : { from: planned.from[0] }),
    ...(planned?.rule === undefined ? {} : { rule: planned.rule }),
    ...(planned?.why === undefined ? {} : { why: planned.why }),
    operations,
    ...(verdicts ? { verdicts } : {}),
  };
}

/** A way back that makes a dropped column again, with its type by the name that this has by then: the change may rename types in between. */
function withTypesOfThen(down: string, { statement, whole }: Carried): string {
  return statement.operations.reduce((text, operation) => {
    if (operation.type !== 'dropColumn') return text;
    const { type } = columnOf(whole.before, operation) ?? {};
    const [, written] = new RegExp(`\\bADD COLUMN ${escaped(quoteIdentifier(operation.column))} ("[^"]+"|\\w+)(?=[,;\\s]|$)`).exec(text) ?? [];
    const isRenamed = type !== undefined && written !== undefined && written !== type && whole.before.enums?.some(({ name }) => quoteIdentifier(name) === type);
    return isRenamed ? text.replaceAll(written, () => type) : text;
  }, down);
}

function columnOf({ tables }: Snapshot, { schema = 'public', table, column }: Extract<Operation, { type: 'dropColumn' }>) {
  return tables.find((one) => one.name === table && (one.schema ?? 'public') === schema)?.columns.find(({ name }) => name === column);
}

/** Whether a check goes that only proved what the table itself now requires: on the way back it holds for every row, as the requirement still stands. */
function isProofDropped({ statement, before }: JudgedStatement, planned: CombinedStatement | undefined, change: Snapshot): boolean {
  const checkOf = (snapshot: Snapshot, operation: Extract<Operation, { readonly type: 'dropConstraint' }>) =>
    snapshot.tables
      .find(({ name, schema = 'public' }) => name === operation.table && schema === (operation.schema ?? 'public'))
      ?.constraints?.some(({ name, type }) => name === operation.name && type === 'check') === true;
  return (
    planned?.rule !== undefined &&
    statement.operations.length > 0 &&
    statement.operations.every((one) => one.type === 'dropConstraint' && checkOf(before, one) && !checkOf(change, one))
  );
}

function generatedDown({ statement, whole, fills }: Carried, origin: Snapshot): string | undefined {
  const { statements } = downStatements({ ...upOf({ statement, before: whole.before, fills }), database: 'postgresql', after: whole.after, origin });
  return statements && aroundForeignKeys(statements.join(';\n'), statement.operations, whole);
}

/** What rests on the columns of a statement, made again on its way back: it comes after their values, and is read from the rows under the weaker lock. */
function restsOf(judged: JudgedStatement, origin: Snapshot): readonly string[] {
  const { operations } = downStatements({ ...upOf(judged), database: 'postgresql', after: judged.after, origin });
  const writer = writerOf('postgresql');
  return operations.flatMap((operation): readonly string[] => {
    if (operation.type !== 'addConstraint' && operation.type !== 'createIndex' && operation.type !== 'setComment') return [];
    const later =
      operation.type === 'addConstraint' &&
      (operation.constraint.type === 'foreignKey' || operation.constraint.type === 'check') &&
      !operation.constraint.notValid;
    // A foreign key or a check takes `notValid`; the types do not follow `later`.
    const steps: readonly Operation[] = later
      ? [
          { ...operation, constraint: { ...operation.constraint, notValid: true } as Constraint },
          {
            type: 'validateConstraint',
            ...(operation.schema === undefined ? {} : { schema: operation.schema }),
            table: operation.table,
            name: operation.constraint.name ?? '',
          },
        ]
      : [operation];
    return steps.flatMap((step) => {
      const result = writer.writeOperation(step, { before: judged.before });
      return 'statements' in result ? result.statements : [];
    });
  });
}

function wayBack(migration: CombinedMigration, judged: readonly Carried[], change: Snapshot): Reversibility {
  const given = migration.statements.find(({ reversibility }) => reversibility)?.reversibility;
  if (given) return given;
  const proofs = judged.flatMap((one, place) =>
    migration.statements[place]?.down === undefined && isProofDropped(one, migration.statements[place], change)
      ? one.statement.operations.flatMap((operation) => (operation.type === 'dropConstraint' ? [operation.name] : []))
      : [],
  );
  const ups = judged.map((one, place): UpStatement => {
    const { down } = migration.statements[place] ?? {};
    // What is granted goes with the view that it is granted on.
    return down === '' && one.statement.operations.every(({ type }) => type === 'changePrivileges') ? { ...upOf(one), down } : upOf(one);
  });
  const computed = withoutProofs(reversibilityOf({ database: 'postgresql', ...wayOf(judged, ups) }), proofs);
  // What a step says of its way back may be more than its operations tell.
  if (migration.statements.some(({ down }) => down !== undefined && / INDEX CONCURRENTLY | VALIDATE CONSTRAINT /.test(down))) computed.transaction = 'none';
  // Copies and notes may go: with them nothing is lost. A note of how far a backfill has come is nothing that anybody misses.
  const copies = new Set(migration.statements.flatMap((statement) => statement.copies ?? []));
  if (copies.size === 0) return computed;
  const { reason, loses, backup, kind: _, ...rest } = computed;
  const reasons = reason?.split('; ').filter((text) => !copies.has(/^the rows of (.+) are gone$/.exec(text)?.[1] ?? '')) ?? [];
  const archives = backup?.split(', ').filter((text) => !copies.has(text.replace(/^an archive of /, ''))) ?? [];
  const kept =
    loses?.filter((text) => {
      const [, table, columns] = /^which rows of (.+) held NULL in (.+)$/.exec(text) ?? [];
      const filled = columns?.split(/, | and /).map((column) => `${table}.${column}`);
      return filled ? !filled.every((column) => copies.has(column)) : !copies.has(/^(?:values|rows) written to (.+) since$/.exec(text)?.[1] ?? '');
    }) ?? [];
  return {
    ...rest,
    kind: reasons.length > 0 ? 'irreversible' : kept.length > 0 ? 'lossy' : 'reversible',
    ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
    ...(kept.length > 0 ? { loses: kept } : {}),
    ...(archives.length > 0 ? { backup: archives.join(', ') } : {}),
  };
}

/** The way of a migration for its reversal. A call tells nothing of the table that it fills, so there the whole schema is looked at. */
function wayOf(judged: readonly Carried[], ups: readonly UpStatement[]): Omit<UpMigration, 'database'> {
  const [first, last] = [judged[0], judged.at(-1)];
  const fills = judged.some(({ statement }) => statement.operations.some(({ type }) => type === 'backfill'));
  if (!fills || !first || !last) return { ...around(judged), statements: ups };
  const statements = ups.map((one, place) => ({ ...one, before: judged[place]?.whole.before ?? one.before }));
  return { before: first.whole.before, after: last.whole.after, statements };
}

/** The way back without the conditions that its checks hold: what they proved is still required when they return. They are read from the rows when the stronger lock is gone. */
function withoutProofs(computed: Reversibility, proofs: readonly string[]): Reversibility {
  if (proofs.length === 0) return computed;
  const { condition, query, expected, ...rest } = { ...computed, transaction: 'none' as const };
  const conditions = (condition?.split(', and ') ?? []).filter((text) => !proofs.includes(/^while every row of .+ keeps (.+)$/.exec(text)?.[1] ?? ''));
  if (conditions.length === 0) return rest;
  return { ...rest, condition: conditions.join(', and '), ...(query !== undefined && { query }), ...(expected !== undefined && { expected }) };
}

function wholeFiles({ written, files }: JudgedMigration): Pick<PlannedMigration, 'file' | 'downFile'> {
  const file = written.file ?? files?.file;
  const downFile = written.down?.file ?? files?.downFile;
  return { ...(file === undefined ? {} : { file }), ...(downFile === undefined ? {} : { downFile }) };
}

/** New files follow the place of the first migration of the change, by the framework's convention. */
function filesOf(conventions: Conventions, migrations: readonly JudgedMigration[], name: string, index: number): Pick<PlannedMigration, 'file' | 'downFile'> {
  const [first] = migrations;
  const file = first?.written.file ?? first?.files?.file;
  if (!first || file === undefined) return {};
  const [version] = versionOf(first.written.id);
  const digits = /\d+/.exec(first.written.id)?.[0].length ?? 0;
  if (version === undefined) return {};
  // Before every moment that a project writes, and after the numbers that stand for none.
  const stamp = stampIn(first.written.id) ?? '20000101000000';
  return conventions.file({ folder: folderOf(file, first.written.id), number: index + 1, name, stamp, lastNumber: Number(version) - 1, digits, like: file });
}

/** The folder of the migrations: the part of a path before the one that has the migration's name. */
function folderOf(file: string, id: string): string {
  const parts = file.split('/');
  const own = parts.findIndex((part) => part.startsWith(id) || part.includes(nameWithoutVersion(id)));
  return parts.slice(0, own < 0 ? -1 : own).join('/');
}

/** Tables whose columns stand in another order than the author's SQL leaves them in. */
function columnOrder(end: Snapshot, wanted: Snapshot): readonly string[] {
  return end.tables.flatMap((table) => {
    const other = wanted.tables.find(({ name, schema }) => name === table.name && schema === table.schema);
    if (!other || other === table) return [];
    const names = table.columns.map(({ name }) => name);
    const theirs = other.columns.map(({ name }) => name);
    return names.join() === theirs.join() ? [] : [`The columns of \`${table.name}\` stand in another order: ${movedTo(names, theirs)}.`];
  });
}

/** Which columns come last, where that is the whole difference; else all in their order. */
function movedTo(names: readonly string[], wanted: readonly string[]): string {
  for (let last = 1; last * 2 <= names.length; last++) {
    const moved = names.slice(-last);
    if (wanted.filter((name) => !moved.includes(name)).join() === names.slice(0, -last).join())
      return `${moved.join(', ')} ${last === 1 ? 'comes' : 'come'} last`;
  }
  return names.join(', ');
}
