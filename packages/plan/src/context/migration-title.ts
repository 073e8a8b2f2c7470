import { say } from '@planwright/renderer';
import type { Operation, PlannedMigration } from '@planwright/spec';
import { attachesIndex } from '../attaches-index.js';
import { named } from '../names.js';
import { distinct, listed } from '../words.js';

/** The verb phrase of a migration, from its operations: "Create currencies and order_refunds, change orders". */
export function migrationTitle(migration: PlannedMigration): string {
  const ofSteps = titleOfSteps(migration);
  if (ofSteps !== undefined) return ofSteps;
  const all = migration.statements
    .flatMap((statement) => statement.operations)
    .filter((operation) => !['setSetting', 'controlTransaction', 'lockTable', 'runQuery'].includes(operation.type));
  // A comment is worth a title only where there is nothing else.
  const telling = all.filter(({ type }) => type !== 'setComment');
  const lasting = say.lasting(telling);
  const operations = lasting.length > 0 ? lasting : telling.length > 0 ? telling : all;
  const created = distinct(operations.flatMap((operation) => (operation.type === 'createTable' ? [named(operation.table)] : [])));
  const dropped = distinct(operations.flatMap((operation) => (operation.type === 'dropTable' ? [named(operation)] : [])));
  const rest = operations.filter((operation) => {
    const table = tableOf(operation);
    return operation.type !== 'createTable' && operation.type !== 'dropTable' && !(table && (created.includes(table) || dropped.includes(table)));
  });
  const phrases = [...(created.length ? [`create ${few(created)}`] : []), ...phrasesOf(rest), ...(dropped.length ? [`drop ${few(dropped)}`] : [])];
  if (phrases.length === 0) return migration.name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());
  const title = phrases.length > 3 ? `${phrases.slice(0, 2).join(', ')}, and ${phrases.length - 2} more changes` : phrases.join(', ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** What steps of rules are called: helpers in them would bury what they are for. Their names say their part in the sequence. */
function titleOfSteps({ name, statements }: PlannedMigration): string | undefined {
  const own = statements.filter(({ operations }) => operations.some(({ type }) => type !== 'setSetting'));
  if (own.length === 0 || own.some(({ rule }) => rule === undefined)) return undefined;
  const tables = distinct(
    own.flatMap(({ operations }) => operations.flatMap((operation) => (operation.type === 'createTable' ? [] : (tableOf(operation) ?? [])))),
  );
  const [table] = tables;
  if (/^drop_.*_helpers$/.test(name)) return 'Drop the helpers of the backfill';
  const renamed = own.flatMap(({ operations }) => operations).find((operation) => operation.type === 'renameTable');
  if (renamed?.type === 'renameTable' && /^rename_/.test(name)) return `Rename ${named(renamed)} to ${renamed.to}`;
  const moved = own.flatMap(({ operations }) => operations).find((operation) => operation.type === 'setTableSchema');
  if (moved?.type === 'setTableSchema' && /^move_/.test(name)) return `Move ${named(moved)} to ${moved.to}`;
  if (/^rename_.*_indexes$/.test(name)) return 'Give the new index the name of the old one';
  if (table === undefined) return undefined;
  const titles: readonly (readonly [RegExp, string])[] = [
    [/^prepare_.*_backfill$/, `Prepare the backfill of ${table}`],
    [/^prepare_/, `Prepare ${table}`],
    [/^constrain_/, `Add constraints to ${few(tables)}, not yet valid`],
    [/^validate_/, `Validate the constraints of ${few(tables)}`],
    [/^drop_defaults_of_/, `Drop defaults of ${table}`],
    [/^require_/, `Require of ${table} what was validated`],
    [/^rename_.*_constraints$/, `Rename constraints of ${table}`],
    [/^replace_.*_constraints$/, `Replace constraints of ${table}`],
    [/^switch_/, `Switch ${table} to its new columns`],
    [/^drop_replaced_/, `Drop what was replaced on ${table}`],
  ];
  return titles.find(([pattern]) => pattern.test(name))?.[1];
}

/** The table that an operation is about, where it is about one. */
export function tableOf(operation: Operation): string | undefined {
  if (operation.type === 'createTable') return named(operation.table);
  if (attachesIndex(operation)) return undefined;
  if ('table' in operation && typeof operation.table === 'string')
    return named({ ...('schema' in operation && operation.schema ? { schema: operation.schema } : {}), table: operation.table });
  return undefined;
}

function phrasesOf(operations: readonly Operation[]): string[] {
  const tables = distinct(operations.flatMap((operation) => tableOf(operation) ?? []));
  const phrases: string[] = [];
  const changed: string[] = [];
  const rows = new Map<string, string[]>();
  for (const table of tables) {
    const own = operations.filter((operation) => tableOf(operation) === table);
    const verb = own.every(({ type }) => type === own[0]?.type) ? rowVerbs[own[0]?.type ?? ''] : undefined;
    const phrase = verb === undefined ? ownPhrase(table, own) : undefined;
    if (verb !== undefined) rows.set(verb, [...(rows.get(verb) ?? []), table]);
    else if (phrase) phrases.push(phrase);
    else changed.push(table);
  }
  phrases.push(...[...rows].map(([verb, names]) => `${verb} ${few(names)}`));
  if (changed.length > 0) phrases.push(`change ${few(changed)}`);
  const others = operations.filter((operation) => tableOf(operation) === undefined);
  phrases.push(...distinct(others.map(otherPhrase)));
  return phrases;
}

/** What is said once of all tables whose rows it happens to. */
const rowVerbs: Readonly<Record<string, string>> = {
  insertRows: 'insert rows into',
  updateRows: 'update rows of',
  deleteRows: 'delete rows of',
  truncateTable: 'empty',
};

const rowSecurityVerbs = { enabled: 'enable', disabled: 'disable', forced: 'force', 'not forced': 'no longer force' } as const;

/** What happens to one table, when one phrase says it. */
function ownPhrase(table: string, operations: readonly Operation[]): string | undefined {
  const types = distinct(operations.map((operation) => operation.type));
  const of = (verb: string, names: readonly string[]) => `${verb} ${few(names.map((name) => `${table}.${name}`))}`;
  if (types.length > 1) return undefined;
  switch (types[0]) {
    case 'addColumn':
      return of(
        'add',
        operations.flatMap((operation) => (operation.type === 'addColumn' ? [operation.column.name] : [])),
      );
    case 'dropColumn':
      return of(
        'drop',
        operations.flatMap((operation) => (operation.type === 'dropColumn' ? [operation.column] : [])),
      );
    case 'renameColumn':
      return `rename ${listed(operations.flatMap((operation) => (operation.type === 'renameColumn' ? [`${table}.${operation.column} to ${operation.to}`] : [])))}`;
    case 'renameTable':
      return `rename ${table} to ${operations.flatMap((operation) => (operation.type === 'renameTable' ? [operation.to] : [])).at(-1)}`;
    case 'setTableSchema':
      return `move ${table} to ${operations.flatMap((operation) => (operation.type === 'setTableSchema' ? [operation.to] : [])).at(-1)}`;
    case 'createIndex':
      return `add ${operations.length === 1 ? 'an index' : 'indexes'} on ${table}`;
    case 'dropIndex':
      return `drop ${operations.length === 1 ? 'an index' : 'indexes'} of ${table}`;
    case 'addConstraint':
      return `add ${operations.length === 1 ? 'a constraint' : 'constraints'} to ${table}`;
    case 'dropConstraint':
      return `drop ${operations.length === 1 ? 'a constraint' : 'constraints'} of ${table}`;
    case 'validateConstraint':
      return `validate ${listed(operations.flatMap((operation) => (operation.type === 'validateConstraint' ? [operation.name] : [])))}`;
    case 'setNotNull':
      return `${of(
        'set',
        operations.flatMap((operation) => (operation.type === 'setNotNull' ? [operation.column] : [])),
      )} NOT NULL`;
    case 'dropNotNull':
      return `${of(
        'let',
        operations.flatMap((operation) => (operation.type === 'dropNotNull' ? [operation.column] : [])),
      )} be NULL`;
    case 'setDefault':
    case 'dropDefault':
      return of(
        `${types[0] === 'setDefault' ? 'set' : 'drop'} ${operations.length === 1 ? 'the default' : 'defaults'} of`,
        operations.flatMap((operation) => (operation.type === 'setDefault' || operation.type === 'dropDefault' ? [operation.column] : [])),
      );
    case 'backfill':
      return `backfill ${table}`;
    case 'attachPartition':
      return `attach ${few(operations.flatMap((operation) => (operation.type === 'attachPartition' ? [named(operation.partition)] : [])))} to ${table}`;
    case 'detachPartition':
      return `detach ${few(operations.flatMap((operation) => (operation.type === 'detachPartition' ? [named(operation.partition)] : [])))} from ${table}`;
    case 'createTrigger':
      return `add ${operations.length === 1 ? 'a trigger' : 'triggers'} to ${table}`;
    case 'setRowSecurity': {
      const states = distinct(operations.flatMap((operation) => (operation.type === 'setRowSecurity' ? [operation.state] : [])));
      const [verb] = states.length === 1 ? states.flatMap((state) => rowSecurityVerbs[state]) : [];
      return verb && `${verb} row level security on ${table}`;
    }
    case 'dropPolicy':
      return `drop ${operations.length === 1 ? 'a policy' : 'policies'} of ${table}`;
    case 'createPolicy':
      return `add ${operations.length === 1 ? 'a policy' : 'policies'} to ${table}`;
    default:
      return undefined;
  }
}

function otherPhrase(operation: Operation): string {
  const verb = /^(create|drop|rename|refresh|alter|add)/.exec(operation.type)?.[1];
  const name =
    'enum' in operation
      ? named(operation.enum)
      : 'view' in operation
        ? named(operation.view)
        : 'routine' in operation
          ? named(operation.routine)
          : 'sequence' in operation
            ? named(operation.sequence)
            : 'domain' in operation
              ? named(operation.domain)
              : 'compositeType' in operation
                ? named(operation.compositeType)
                : 'object' in operation
                  ? operation.object.name
                  : 'name' in operation && operation.name
                    ? operation.name
                    : undefined;
  if (operation.type === 'unknown') return 'run what was not analysed';
  if (operation.type === 'changePrivileges') return 'change privileges';
  if (attachesIndex(operation)) return `complete ${named(operation)}`;
  if (operation.type === 'renameEnumValue') return `rename ${operation.label} of ${named(operation)} to ${operation.to}`;
  if (operation.type === 'addEnumValue') return `add ${operation.label} to ${named(operation)}`;
  // A view may stand for a table, under its name.
  const kind = operation.type === 'createView' || operation.type === 'dropView' ? 'view ' : '';
  return verb && name ? `${verb === 'add' ? 'extend' : verb} ${kind}${name}` : 'run further statements';
}

function few(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : listed(names);
}
