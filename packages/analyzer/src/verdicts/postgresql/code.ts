import type { CodeVerdict, Constraint, Operation, Table } from '@planwright/spec';
import { serialType } from '../../apply/written-type.js';
import { thing } from '../../given-again.js';
import { typeName } from '../../rests-on.js';
import { columnBefore, columnOn, columnText, isOld, onTableText, type StatementFacts, tableBefore, tableText } from '../statement-facts.js';
import { baseType, domainOf } from './base-type.js';
import { constraintDropped, implies, keptAlready, keyOf } from './kept-already.js';
import { lostLabels } from './lost-labels.js';
import { notNullCheck, refusesNull } from './proven-not-null.js';
import { typeChange } from './type-change.js';

/** What one operation does to code: a reason for what breaks, a reason for what must wait, and what some sessions notice of what breaks nothing. */
export interface Effect {
  readonly breaks?: string;
  readonly needs?: string;
  readonly notice?: string;
}

/** Whether releases that run today survive a statement, and whether new code must wait for it. Nothing when an operation is not understood. */
export function codeVerdict(facts: StatementFacts): CodeVerdict | undefined {
  let breaks: Set<string> | undefined;
  let needs: Set<string> | undefined;
  let notices: Set<string> | undefined;
  for (const operation of facts.operations) {
    if (operation.type === 'unknown') return undefined;
    const effect = codeEffect(facts, operation);
    if (effect.breaks !== undefined) breaks = (breaks ?? new Set()).add(effect.breaks);
    if (effect.needs !== undefined) needs = (needs ?? new Set()).add(effect.needs);
    if (effect.notice !== undefined) notices = (notices ?? new Set()).add(effect.notice);
  }
  const reasons = breaks ?? needs ?? notices;
  const verdict: CodeVerdict = { basis: 'predicted', breaksOld: breaks !== undefined, needsNew: needs !== undefined };
  if (reasons) verdict.reason = [...reasons].join(' ');
  return verdict;
}

/** What one operation of a statement does to code. */
export function codeEffect(facts: StatementFacts, operation: Operation): Effect {
  switch (operation.type) {
    case 'createTable':
      // A temporary table is the migration's own: it ends with the session.
      return operation.table.persistence === 'temporary' ? {} : { needs: `New code that names \`${tableText(operation.table)}\` must wait for it.` };
    case 'dropTable':
      return isOld(facts, operation) && (tableBefore(facts, operation) || !operation.ifExists)
        ? { breaks: `Statements that name \`${onTableText(operation)}\` fail with 42P01.` }
        : {};
    case 'renameTable':
    case 'setTableSchema':
      if (!isOld(facts, operation)) return {};
      return {
        breaks: `Statements that name \`${onTableText(operation)}\` fail with 42P01.`,
        needs: `New code that names \`${operation.type === 'renameTable' ? operation.to : `${operation.to}.${operation.table}`}\` must wait for it.`,
      };
    case 'dropView':
      return facts.made.has(operation.name) ? {} : viewEffect(facts, operation);
    case 'renameView':
      return { breaks: `Statements that name \`${operation.name}\` fail with 42P01.`, needs: `New code that names \`${operation.to}\` must wait for it.` };
    case 'createView':
      return { needs: `New code that names \`${tableText(operation.view)}\` must wait for it.` };
    case 'dropSchema':
      return { breaks: `Statements that name objects of the schema \`${operation.name}\` fail with 3F000 or 42P01.` };
    case 'renameSchema':
      return { breaks: `Statements that name the schema \`${operation.name}\` fail with 3F000.` };
    case 'dropRoutine':
      return routineEffect(facts, operation);
    case 'createRoutine':
      return operation.orReplace ? {} : { needs: `New code that calls \`${operation.routine.name}\` must wait for it.` };
    case 'dropType':
      if (facts.again.by(thing.type(operation))) return {};
      return facts.made.has(tableText(operation)) ? {} : { breaks: `Statements that name the type \`${operation.name}\` fail with 42704.` };
    case 'renameType':
      if (facts.again.by(thing.type(operation))) return {};
      return facts.made.has(tableText(operation)) ? {} : { breaks: `Statements that cast to \`${operation.name}\` fail with 42704.` };
    case 'renameEnumValue':
      return {
        breaks: `Statements that name the label '${operation.label}' fail with 22P02.`,
        needs: `New code that names the label '${operation.to}' must wait for it.`,
      };
    case 'addEnumValue':
      return { needs: `New code that writes the label '${operation.label}' must wait for it.` };
    case 'truncateTable':
      return isOld(facts, operation) ? { breaks: `Code that reads \`${onTableText(operation)}\` finds it empty.` } : {};
    case 'setRowSecurity':
      if (operation.state !== 'enabled' && operation.state !== 'forced') return {};
      return isOld(facts, operation) ? { breaks: `Roles without a policy on \`${onTableText(operation)}\` see no rows and write none (42501).` } : {};
    case 'createPolicy':
      return isOld(facts, operation) && operation.policy.permissive === false
        ? { breaks: `Rows of \`${onTableText(operation)}\` outside the policy \`${operation.policy.name}\` can no longer be reached.` }
        : {};
    case 'dropPolicy':
      if (!isOld(facts, operation)) return {};
      return facts.again.by(thing.policy(operation))
        ? {
            breaks: `Rows of \`${onTableText(operation)}\` that the policy \`${operation.name}\` let through, and its new form does not, can no longer be reached.`,
          }
        : { breaks: `Rows of \`${onTableText(operation)}\` that only the policy \`${operation.name}\` let through can no longer be reached.` };
    case 'changePrivileges':
      return operation.kind === 'revoke' ? { breaks: `Roles that lose privileges on ${operation.on ?? 'an object'} fail with 42501.` } : {};
    case 'dropExtension':
      return { breaks: `Code that uses what the extension \`${operation.name}\` brings fails.` };
    case 'detachPartition':
      return { breaks: `Rows of \`${onTableText(operation.partition)}\` no longer appear in \`${onTableText(operation)}\`.` };
    default:
      return columnEffect(facts, operation);
  }
}

function columnEffect(facts: StatementFacts, operation: Operation): Effect {
  switch (operation.type) {
    case 'addColumn': {
      if (!isOld(facts, operation) || (operation.ifNotExists && columnBefore(facts, columnOn(operation, operation.column.name)))) return {};
      const name = `${onTableText(operation)}.${operation.column.name}`;
      const { notNull, default: filled, generated, identity, type } = operation.column;
      const domain = domainOf(facts, type);
      const required = (notNull || domain?.notNull) && (filled ?? domain?.default) === undefined && !generated && !identity && serialType(type) === undefined;
      const breaks = required
        ? `INSERTs that do not name \`${name}\` fail with 23502.`
        : type === 'json'
          ? `\`${name}\` has no equality: SELECT DISTINCT *, UNION and GROUP BY over whole rows of \`${onTableText(operation)}\` fail with 42883.`
          : undefined;
      const needs = `New code that names \`${name}\` must wait for it.`;
      return breaks === undefined ? { needs } : { breaks, needs };
    }
    case 'dropColumn':
      if (!isOldColumn(facts, operation) || (operation.ifExists && !columnBefore(facts, operation))) return {};
      return { breaks: `Statements that name \`${columnText(operation)}\` fail with 42703.` };
    case 'renameColumn':
      if (!isOldColumn(facts, operation)) return {};
      return {
        breaks: `Statements that name \`${columnText(operation)}\` fail with 42703.`,
        needs: `New code that names \`${operation.to}\` must wait for it.`,
      };
    case 'alterColumnType': {
      if (!isOldColumn(facts, operation)) return {};
      const written = columnBefore(facts, operation)?.type ?? operation.from;
      const from = written === undefined ? undefined : baseType(facts, written);
      const change = from === undefined ? undefined : typeChange(from, baseType(facts, operation.to));
      const name = `\`${columnText(operation)}\``;
      if (change?.kind === 'same') return {};
      // Every value is read as before; a prepared statement has the old type, though, and its length.
      if (change?.kind === 'widens' && !change.rewrites)
        return { notice: `Cached prepared statements that return ${name} fail with 0A000 until the session prepares them again.` };
      const renamed = written !== undefined && typeKeepsName(facts, written, operation.to);
      const read = renamed ? '' : `, and clients read ${operation.to}${from === undefined ? '' : ` where they read ${from}`}`;
      const cached = `cached prepared statements that return ${name} fail with 0A000${read}`;
      const narrow = change?.kind === 'narrows' ? ` Values that do not fit ${operation.to} are refused${change.fails ? ` with ${change.fails}` : ''}.` : '';
      const lost = written === undefined ? [] : (lostLabels(facts, written, operation.to) ?? []);
      const labels = lost.length === 0 ? '' : ` Statements that name ${lost.map((label) => `'${label}'`).join(' or ')} as a value of it fail with 22P02.`;
      return { breaks: `${cached.charAt(0).toUpperCase()}${cached.slice(1)}.${narrow}${labels}` };
    }
    case 'setNotNull':
      // A check that is there, valid or not, refuses NULL already.
      if (!isOld(facts, operation) || columnBefore(facts, operation)?.notNull || notNullCheck(facts, operation)) return {};
      if (!isOldColumn(facts, operation)) {
        const column = columnBefore(facts, operation);
        if (!column || column.default !== undefined || column.generated || column.identity) return {};
        return { breaks: `INSERTs that do not name \`${columnText(operation)}\` fail with 23502.` };
      }
      return { breaks: `Writes that leave \`${columnText(operation)}\` NULL fail with 23502.` };
    case 'dropNotNull':
      return isOldColumn(facts, operation)
        ? { needs: `New code that writes NULL into \`${columnText(operation)}\` must wait for it; old code may then read one.` }
        : {};
    case 'dropDefault':
    case 'dropIdentity': {
      const column = columnBefore(facts, operation);
      if (!isOldTable(facts, operation) || !column?.notNull || (operation.type === 'dropDefault' && column.default === undefined)) return {};
      if (facts.again.by(thing.default(operation))) return {};
      return { breaks: `INSERTs that do not name \`${columnText(operation)}\` fail with 23502.` };
    }
    case 'setIdentity': {
      if (!isOldColumn(facts, operation)) return {};
      const name = `\`${columnText(operation)}\``;
      const column = columnBefore(facts, operation);
      // Until now everybody had to give it a value.
      const needs = column && column.default === undefined && !column.identity ? { needs: `New code that leaves ${name} out must wait for it.` } : {};
      return operation.identity === 'always' ? { breaks: `INSERTs that give ${name} a value fail with 428C9.`, ...needs } : needs;
    }
    case 'addConstraint':
      // A key of a partitioned table holds nobody to it before its partitions have it.
      if (operation.only) return {};
      return constraintEffect(facts, operation, operation.constraint);
    case 'createIndex': {
      if (!operation.index.unique) return {};
      const columns = operation.index.keys.flatMap(({ column }) => column ?? []);
      if (!touchesOld(facts, operation, columns)) return {};
      const constraint = keyOf(operation.index);
      if (constraint && keptAlready(facts, operation, constraint)) return {};
      const keys = operation.index.keys.flatMap(({ column, expression }) => column ?? expression ?? []);
      return { breaks: `Writes that repeat ${listed(keys, 'the key')} of \`${onTableText(operation)}\` fail with 23505.` };
    }
    case 'dropIndex':
    case 'dropConstraint': {
      const table =
        operation.table === undefined
          ? undefined
          : tableBefore(facts, { ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.table });
      return table && !facts.made.has(tableText(table)) ? uniqueGone(facts, table, operation) : {};
    }
    default:
      return {};
  }
}

/** A column's type that gives its name to another: code goes on reading the name that it knows. */
function typeKeepsName(facts: StatementFacts, from: string, to: string): boolean {
  // A type that the change has renamed before is one that code knows under another name.
  if (facts.made.has(tableText(typeName(from)))) return true;
  const taken = facts.again.by(thing.type(typeName(from)));
  return taken?.type === 'renameType' && taken.name === typeName(to).name;
}

/** A view that is made anew breaks what names a column that it no longer has. */
function viewEffect(facts: StatementFacts, operation: Extract<Operation, { type: 'dropView' }>): Effect {
  const again = facts.again.by(thing.view(operation));
  if (again?.type !== 'createView') return { breaks: `Statements that name \`${operation.name}\` fail with 42P01.` };
  const known = facts.before.views?.find(({ schema, name }) => name === operation.name && schema === operation.schema)?.columns;
  const now = again.view.columns;
  const lost = known && now ? known.filter((column) => !now.includes(column)) : [];
  return lost.length === 0 ? {} : { breaks: `Statements that name ${listed(lost, '')} of \`${operation.name}\` fail with 42703.` };
}

/** A routine that is made anew with the same arguments goes on being called. */
function routineEffect(facts: StatementFacts, operation: Extract<Operation, { type: 'dropRoutine' }>): Effect {
  const breaks = `Calls of \`${operation.name}\` fail with 42883.`;
  const again = facts.again.by(thing.routine(operation));
  if (again?.type !== 'createRoutine') return { breaks };
  const known = facts.before.routines?.filter(({ schema, name }) => name === operation.name && schema === operation.schema) ?? [];
  const wanted = operation.arguments ?? known[0]?.arguments;
  if (wanted !== again.routine.arguments) return { breaks };
  const before = known.find((routine) => routine.arguments === wanted)?.returns;
  const { returns } = again.routine;
  return before === undefined || returns === before ? {} : { breaks: `Calls of \`${operation.name}\` get ${returns} where they got ${before}.` };
}

/** ON CONFLICT finds any key of the same columns; ON CONSTRAINT only the one that it names. */
function uniqueGone(facts: StatementFacts, table: Table, drop: Extract<Operation, { type: 'dropIndex' | 'dropConstraint' }>): Effect {
  const { name } = drop;
  // DROP CONSTRAINT leaves an index of that name alone, and DROP INDEX is refused the index of a constraint.
  const isIndex = drop.type === 'dropIndex';
  const key = constraintDropped(table, drop);
  const isUnique = isIndex
    ? table.indexes?.some((index) => index.name === name && index.unique)
    : key !== undefined && key.type !== 'check' && key.type !== 'foreignKey';
  if (!isUnique) return {};
  const again = key?.columns && facts.again.by(thing.unique({ ...table, table: table.name }, key.columns));
  if (!again) return { breaks: `INSERT … ON CONFLICT that rests on \`${name}\` fails with 42P10.` };
  const keepsName = again.type === 'addConstraint' && again.constraint.name === name;
  return !isIndex && !keepsName ? { breaks: `INSERT … ON CONFLICT ON CONSTRAINT \`${name}\` fails with 42704.` } : {};
}

function constraintEffect(facts: StatementFacts, on: { readonly schema?: string; readonly table: string }, constraint: Constraint): Effect {
  const table = onTableText(on);
  if (!touchesOld(facts, on, constraint.columns ?? [])) return constraint.type === 'check' ? leftOutEffect(facts, on, constraint) : {};
  switch (constraint.type) {
    case 'primaryKey': {
      const nullable = constraint.columns.filter((name) => !tableBefore(facts, on)?.columns.find((column) => column.name === name)?.notNull);
      const breaks = [
        ...(constraint.usingIndex === undefined && !keptAlready(facts, on, { type: 'unique', columns: constraint.columns })
          ? [`Writes that repeat ${listed(constraint.columns, 'the key')} of \`${table}\` fail with 23505.`]
          : []),
        ...(nullable.length > 0 ? [`Writes that leave ${listed(nullable, 'the key')} of \`${table}\` NULL fail with 23502.`] : []),
      ];
      return breaks.length === 0 ? {} : { breaks: breaks.join(' ') };
    }
    case 'unique':
      return constraint.usingIndex === undefined && !keptAlready(facts, on, constraint)
        ? { breaks: `Writes that repeat ${listed(constraint.columns, 'the key')} of \`${table}\` fail with 23505.` }
        : {};
    case 'foreignKey': {
      const kept = keptAlready(facts, on, constraint);
      if (kept?.constraint.type === 'foreignKey') return actionsEffect(on, kept.constraint, constraint);
      return {
        breaks: `Writes of ${listed(constraint.columns, 'the key')} of \`${table}\` without a row in \`${onTableText(constraint.references)}\` fail with 23503, as do deletes there that leave one behind.`,
      };
    }
    case 'check': {
      const kept = keptAlready(facts, on, constraint);
      if (kept?.there || (kept && implies(constraint, kept.constraint, on.table))) return {};
      if (kept) return { needs: `New code that writes to \`${table}\` what \`${kept.constraint.name ?? constraint.expression}\` refuses must wait for it.` };
      return { breaks: `Writes to \`${table}\` that break \`${constraint.expression}\` fail with 23514.` };
    }
    case 'exclusion':
      return { breaks: `Writes to \`${table}\` that conflict with another row fail with 23P01.` };
  }
}

/** A check that refuses NULL in a new column refuses every INSERT of code that does not know the column, where nothing else fills it. */
function leftOutEffect(
  facts: StatementFacts,
  on: { readonly schema?: string; readonly table: string },
  { columns = [], expression }: Extract<Constraint, { type: 'check' }>,
): Effect {
  if (!isOld(facts, on)) return {};
  const left = columns.filter((column) => {
    const added = facts.operations.find((operation) => operation.type === 'addColumn' && operation.column.name === column);
    const known = columnBefore(facts, columnOn(on, column)) ?? (added?.type === 'addColumn' ? added.column : undefined);
    return known !== undefined && known.default === undefined && !known.generated && !known.identity && refusesNull(expression, column);
  });
  return left.length === 0
    ? {}
    : { breaks: `INSERTs that do not name ${left.map((column) => `\`${onTableText(on)}.${column}\``).join(', ')} fail with 23514.` };
}

type ForeignKey = Extract<Constraint, { type: 'foreignKey' }>;

/** What a foreign key does to code that takes the place of one on the same columns: only what happens to rows that lose theirs can be another thing. */
function actionsEffect(on: { readonly schema?: string; readonly table: string }, known: ForeignKey, wanted: ForeignKey): Effect {
  const rows = `a row of \`${onTableText(on)}\``;
  const target = `\`${onTableText(wanted.references)}\``;
  const refuses = (action: ForeignKey['onDelete'] = 'no action'): boolean => action === 'no action' || action === 'restrict';
  const changes = (one: ForeignKey['onDelete'] = 'no action', other: ForeignKey['onDelete'] = 'no action'): boolean =>
    one !== other && !(refuses(one) && refuses(other));
  const breaks = [
    ...(changes(known.onDelete, wanted.onDelete) && refuses(wanted.onDelete) ? [`Deletes from ${target} that leave ${rows} behind fail with 23503.`] : []),
    ...(changes(known.onUpdate, wanted.onUpdate) && refuses(wanted.onUpdate) ? [`Changes of a key of ${target} that ${rows} has fail with 23503.`] : []),
  ];
  const actions = [
    ...(changes(known.onDelete, wanted.onDelete) && !refuses(wanted.onDelete) ? [`ON DELETE ${wanted.onDelete?.toUpperCase()}`] : []),
    ...(changes(known.onUpdate, wanted.onUpdate) && !refuses(wanted.onUpdate) ? [`ON UPDATE ${wanted.onUpdate?.toUpperCase()}`] : []),
  ];
  const what =
    wanted.onDelete === 'cascade' ? `takes rows of \`${onTableText(on)}\` along` : `changes ${listed(wanted.columns, 'the key')} of \`${onTableText(on)}\``;
  const then = changes(known.onDelete, wanted.onDelete) && !refuses(wanted.onDelete) ? `; a delete from ${target} then ${what}` : '';
  return {
    ...(breaks.length === 0 ? {} : { breaks: breaks.join(' ') }),
    ...(actions.length === 0
      ? {}
      : { needs: `New code that counts on ${actions.join(' and ')} of \`${wanted.name ?? listed(wanted.columns, 'the key')}\` must wait for it${then}.` }),
  };
}

/** Whether old code writes all of these columns: table and columns were there before the change. */
function touchesOld(facts: StatementFacts, on: { readonly schema?: string; readonly table: string }, columns: readonly string[]): boolean {
  if (!isOld(facts, on)) return false;
  const isAdded = (column: string): boolean => facts.operations.some((operation) => operation.type === 'addColumn' && operation.column.name === column);
  return !columns.some((column) => facts.made.has(`${onTableText(on)}.${column}`) || isAdded(column));
}

function isOldColumn(facts: StatementFacts, on: { readonly schema?: string; readonly table: string; readonly column: string }): boolean {
  return isOld(facts, on) && !facts.made.has(columnText(on));
}

/** A column made by this change, too, must be named in INSERTs of old code once its default goes. */
function isOldTable(facts: StatementFacts, on: { readonly schema?: string; readonly table: string }): boolean {
  return isOld(facts, on);
}

function listed(columns: readonly string[], otherwise: string): string {
  return columns.length === 0 ? otherwise : columns.map((column) => `\`${column}\``).join(', ');
}
