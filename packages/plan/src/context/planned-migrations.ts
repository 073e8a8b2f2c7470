import type { CodeVerdict, Context, PlannedMigration, PlannedStatement, Reversibility, TransactionMode, Verdicts } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import { codeVerdictOf, dataVerdictOf } from '../effects/with-verdicts.js';
import { grouped } from '../grouped.js';
import { named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import { dependencies } from './dependencies.js';
import { estimatedDuration } from './duration.js';
import { highest } from './level.js';
import { migrationTitle } from './migration-title.js';
import { phaseOf } from './phase.js';
import { worstVerdicts } from './verdicts.js';

/** What is computed of each planned migration, by its id: all but its validation, which is the whole plan's. */
export function plannedMigrations(survey: Survey, context: Context, quoting: Quoting, waysBack: ReadonlyMap<string, Reversibility>): PlannedMigration[] {
  const needs = dependencies(survey.migrations);
  const alone = survey.migrations.length === 1;
  const byMigration = grouped(survey.planned, (act) => act.migration.id);
  return survey.migrations.map((migration) => {
    const acts = byMigration.get(migration.id) ?? [];
    const byStatement = grouped(acts, (act) => act.statement);
    const dependsOn = needs.get(migration.id) ?? [];
    const outside = acts.find(
      ({ operation }) => ('concurrently' in operation && operation.concurrently) || (operation.type === 'maintain' && operation.action === 'vacuum'),
    );
    const transaction: TransactionMode | undefined = migration.transaction ?? (outside ? 'none' : undefined);
    const risk = highest(acts.map((act) => act.effect.risk));
    const worst = acts.find((act) => act.effect.risk === risk && risk !== 'low');
    const duration = estimatedDuration(migration, context);
    const verdicts = verdictsOf(migration, byStatement, survey.helpers);
    return {
      id: migration.id,
      name: migration.name,
      title: migrationTitle(migration),
      ...purposeOf(migration, survey),
      phase: phaseOf(acts, alone),
      ...(transaction && { transaction }),
      ...(transaction === 'none' && outside && { transactionReason: reasonOutside(outside) }),
      ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }),
      statements: migration.statements.map((statement) => withVerdicts(statement, byStatement)),
      verdicts,
      ...(duration && { duration }),
      ...(waysBack.has(migration.id) && { reversibility: waysBack.get(migration.id) }),
      status: { state: 'pending' },
      risk,
      ...(worst && { riskReason: shortReason(worst) }),
      ...leftover(acts, transaction, quoting, survey),
    };
  });
}

/** What the author's own statements are for, where others take the place of the rest: the title says it. */
function purposeOf(migration: PlannedMigration, { migrations }: Survey): { readonly purpose?: string } {
  const isOwn = ({ statements }: PlannedMigration) => statements.every(({ rule }) => rule === undefined);
  if (migration.purpose !== undefined || !isOwn(migration) || migrations.every(isOwn)) return {};
  return { purpose: `${migrationTitle(migration)}, as its author wrote it.` };
}

/** The statement with the verdicts on data and code that its operations conclude; a lock verdict is never guessed. */
function withVerdicts(statement: PlannedStatement, acts: ActsByStatement): PlannedStatement {
  const own = acts.get(statement) ?? [];
  const effects = own.map((act) => act.effect);
  // The analysis judges a step of a rule alone; here it is known what the steps around it keep.
  const alone = statement.rule === undefined ? statement.verdicts : {};
  const code = alone?.code ?? codeOfStep(own) ?? statement.verdicts?.code;
  const data = alone?.data ?? dataVerdictOf(effects) ?? statement.verdicts?.data;
  const verdicts: Verdicts = { ...statement.verdicts, ...(data && { data }), ...(code && { code }) };
  return Object.keys(verdicts).length > 0 ? { ...statement, verdicts } : statement;
}

/** What a step does to code: what it adds is named, helpers aside, which no code names. */
function codeOfStep(acts: readonly Act[]): CodeVerdict | undefined {
  const verdict = codeVerdictOf(acts.map(({ effect }) => effect));
  if (!verdict || verdict.breaksOld || !verdict.needsNew) return verdict;
  // What a constraint refuses no longer has no name that code could use.
  if (acts.some(({ operation, effect }) => operation.type === 'dropConstraint' && effect.needsNew)) return verdict;
  const uses = (['names', 'writes NULL into', 'leaves out'] as const).flatMap((use) => {
    const objects = distinct(
      acts.flatMap(({ operation, effect }) => (effect.needsNew && effect.object !== undefined && useOf(operation) === use ? [`\`${effect.object}\``] : [])),
    );
    return objects.length > 0 ? [`${use} ${listed(objects, 'or')}`] : [];
  });
  return uses.length === 0 ? verdict : { ...verdict, reason: `New code that ${uses.join(', or ')} must wait for it.` };
}

/** What new code does with an object that must wait for the operation. */
function useOf({ type }: Act['operation']): 'names' | 'writes NULL into' | 'leaves out' {
  return type === 'dropNotNull' ? 'writes NULL into' : type === 'setIdentity' ? 'leaves out' : 'names';
}

/** What a migration without a statement does. */
const doesNothing: Verdicts = {
  lock: { basis: 'predicted', locks: [] },
  data: { basis: 'predicted', outcome: 'safe' },
  code: { basis: 'predicted', breaksOld: false, needsNew: false },
};

function verdictsOf(migration: PlannedMigration, acts: ActsByStatement, helpers: ReadonlySet<string>): Verdicts {
  // One whose way back is known was read and holds nothing; of any other the statements may still have to be written.
  if (migration.statements.length === 0 && migration.reversibility !== undefined) return doesNothing;
  // Settings and transaction control lock nothing and have no say.
  const telling = migration.statements.filter((statement) => acts.get(statement)?.some((act) => act.effect.kind !== 'none'));
  const statements = (telling.length > 0 ? telling : migration.statements).map((statement) => withVerdicts(statement, acts).verdicts ?? {});
  return withoutOwnLocks(worstVerdicts(statements, { inTurn: migration.transaction === 'none' }), migration, helpers);
}

/** A table that the migration itself makes has nobody who waits for it before the migration is done; one that only the sequence knows has nobody ever. */
function withoutOwnLocks(verdicts: Verdicts, { statements }: PlannedMigration, helpers: ReadonlySet<string>): Verdicts {
  const { lock } = verdicts;
  const created = statements.flatMap(({ operations }) => operations.flatMap((one) => (one.type === 'createTable' ? [named(one.table)] : [])));
  const own = new Set([...helpers, ...created]);
  if (!lock || own.size === 0) return verdicts;
  const others = (names: readonly string[]) => names.filter((name) => !own.has(name));
  const locks = lock.locks.filter(({ relation }) => !own.has(relation));
  const { rewrites, scans, ...rest } = lock;
  const [rewritten, scanned] = [others(rewrites ?? []), others(scans ?? [])];
  return {
    ...verdicts,
    lock: {
      ...rest,
      locks,
      ...(rewritten.length > 0 && { rewrites: rewritten }),
      ...(scanned.length > 0 && { scans: scanned }),
      ...(locks.length === 0 && lock.locks.length > 0 && lock.unknown === undefined && { newOnly: true }),
    },
  };
}

function reasonOutside({ operation }: Act): string {
  if (operation.type === 'createIndex') return 'CREATE INDEX CONCURRENTLY cannot run inside one.';
  if (operation.type === 'dropIndex') return 'DROP INDEX CONCURRENTLY cannot run inside one.';
  if (operation.type === 'maintain') return 'VACUUM cannot run inside one.';
  return 'CONCURRENTLY cannot run inside one.';
}

function shortReason({ effect }: Act): string {
  if (effect.kind === 'unknown') return 'not analysed';
  if (effect.data === 'loses') return `${effect.object ?? 'data'}: data is lost`;
  if (effect.breaking) return `${effect.object ?? 'it'}: running code breaks`;
  if (effect.data === 'may fail') return `${effect.object ?? 'it'}: depends on existing rows`;
  return effect.work ?? `${effect.object ?? 'it'} changes at once`;
}

/** A concurrent build that fails leaves an index that nobody uses and everybody maintains. */
function leftover(acts: readonly Act[], transaction: TransactionMode | undefined, quoting: Quoting, survey: Survey): Pick<PlannedMigration, 'leftover'> {
  if (transaction !== 'none' || survey.database !== 'postgresql') return {};
  const build = acts.flatMap(({ operation }) => (operation.type === 'createIndex' && operation.concurrently && operation.index.name ? [operation] : [])).at(0);
  if (!build?.index.name) return {};
  const schema = build.schema ?? survey.schema.before?.defaultSchema ?? 'public';
  const name = quoting.quoteName(build.schema ? [build.schema, build.index.name] : [build.index.name]);
  return {
    leftover: {
      what: `an INVALID index ${build.index.name}`,
      detect: `SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(${quoting.quoteLiteral(quoting.quoteName([schema, build.index.name]))})`,
      remove: `DROP INDEX CONCURRENTLY IF EXISTS ${name}`,
      // biome-ignore lint/suspicious/noThenProperty: the name of the model's field; nothing awaits it.
      then: 'run the migration again once it is gone',
    },
  };
}

type ActsByStatement = ReadonlyMap<Act['statement'], readonly Act[]>;
