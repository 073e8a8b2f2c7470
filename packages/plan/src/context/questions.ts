import type { Context, Question } from '@planwright/spec';
import { columnDrops } from '../column-drops.js';
import { named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { distinct, listed, slugOf } from '../words.js';
import { demandedBy } from './demanded-by.js';
import { dependsOnSize } from './duration.js';
import { tableOf } from './migration-title.js';

/** What only people can know, and the plan needs. Questions about missing values are a template's own. */
export function questions(survey: Survey, context: Context): Question[] {
  return [
    ...sizes(survey, context),
    ...queries(survey),
    ...indexes(context),
    ...renames(survey, context),
    ...values(survey),
    ...losses(survey),
    ...unknowns(survey),
  ];
}

function sizes(survey: Survey, context: Context): Question[] {
  const known = new Set((context.tables?.facts ?? []).filter(({ rows }) => rows !== undefined).map(({ table }) => table));
  const acts = survey.planned.filter(({ effect, operation }) => effect.work !== undefined && tableOf(operation) !== undefined && !isInsertOfQuery(operation));
  return distinct(acts.map(({ operation }) => tableOf(operation) ?? ''))
    .filter((table) => !known.has(table) && dependsOnSize(survey, context).some((work) => work.includes(table)))
    .map((table) => {
      const own = acts.filter(({ operation }) => tableOf(operation) === table);
      return {
        id: `Q-rows-${slugOf(table)}`,
        pointer: '/tables/facts',
        question: `How many rows does production hold in ${table}, and how fast are they written? Its size decides how long ${listed(distinct(own.map(({ effect }) => effect.work ?? '')))} ${distinct(own.map(({ effect }) => effect.work)).length > 1 ? 'take' : 'takes'}.${survey.database === 'postgresql' ? ' `planwright stats` reads sizes from the database; `--stats` gives them to the plan.' : ''}`,
        neededBefore: `before Migration ${own[0]?.migration.id}`,
      };
    });
}

/** An insert takes as long as its query and the rows that this gives, however many the table holds. */
function queries(survey: Survey): Question[] {
  const inserts = survey.planned.filter(({ operation, effect }) => isInsertOfQuery(operation) && effect.work !== undefined);
  // What the change makes itself, be it for its own use, has no size in production.
  const made = new Set(
    survey.migrations.flatMap(({ statements }) =>
      statements.flatMap(({ operations }) => operations.flatMap((one) => (one.type === 'createTable' ? [named(one.table)] : []))),
    ),
  );
  return distinct(inserts.map(({ migration }) => migration.id)).map((id) => {
    const own = inserts.filter(({ migration }) => migration.id === id).map(({ operation }) => operation);
    const tables = distinct(own.map((operation) => tableOf(operation) ?? ''));
    const read = distinct(own.flatMap((operation) => (operation.type === 'insertRows' ? (operation.from ?? []) : []))).filter((table) => !made.has(table));
    const queries = own.length > 1 ? 'the queries' : 'the query';
    return {
      id: `Q-rows-inserted-${id}`,
      question: `How many rows does Migration ${id} insert from queries into ${listed(tables)}? Their number${read.length > 0 ? `, and the size of ${listed(read)}, which ${queries} ${own.length > 1 ? 'read' : 'reads'},` : ''} ${read.length > 0 ? 'decide' : 'decides'} how long it runs; a copy of production tells.`,
      neededBefore: `before Migration ${id}`,
    };
  });
}

function isInsertOfQuery(operation: Act['operation']): boolean {
  return operation.type === 'insertRows' && operation.from !== undefined;
}

function indexes(context: Context): Question[] {
  return (context.tables?.created ?? []).flatMap(({ table, migration }) =>
    (table.indexes ?? [])
      .filter((index) => index.proposed)
      .map((index) => {
        const columns = index.keys.map((key) => key.column ?? '');
        const reference = (table.constraints ?? []).find((constraint) => constraint.type === 'foreignKey' && constraint.columns.join() === columns.join());
        const target = reference?.type === 'foreignKey' ? named(reference.references) : undefined;
        return {
          id: `Q-index-${slugOf(named(table))}-${slugOf(columns.join('-'))}`,
          question: `Should ${listed(columns.map((column) => `${named(table)}.${column}`))} get an index? The change makes none, so ${target ? `deleting a row of ${target}, or finding the rows that refer to it, scans ${named(table)}` : `finding rows by it scans ${named(table)}`}; while the table is empty an index costs nothing.`,
          ...(migration && { neededBefore: `before Migration ${migration}` }),
        };
      }),
  );
}

function renames(survey: Survey, context: Context): Question[] {
  return (context.tables?.modified ?? []).flatMap((table) =>
    (table.columns ?? []).flatMap((change) => {
      if (!change.possibleRenameOf) return [];
      const migration = survey.planned.find(({ operation }) => operation.type === 'dropColumn' && operation.column === change.possibleRenameOf)?.migration.id;
      return [
        {
          id: `Q-rename-${slugOf(named(table))}-${slugOf(change.column)}`,
          question: `Is ${named(table)}.${change.column} meant to replace ${change.possibleRenameOf}, which has the same type and is dropped? As written the values of ${change.possibleRenameOf} are lost.`,
          ...(migration && { neededBefore: `before Migration ${migration}` }),
        },
      ];
    }),
  );
}

/** New columns that rows must have a value in, and nothing gives it to those that exist. */
function values(survey: Survey): Question[] {
  return survey.asked.flatMap((act) => {
    const { operation, effect } = act;
    const demanding = effect.data === 'may fail' ? demandedBy(act, survey) : undefined;
    if (operation.type !== 'addColumn' || demanding === undefined) return [];
    const column = `${named(operation)}.${operation.column.name}`;
    return [
      {
        id: `Q-value-${slugOf(column)}`,
        question: `Which value do the rows of ${named(operation)} that exist get in ${column}, and what gives it to them? No statement of the change does, and Migration ${demanding} fails on a row without one.`,
        neededBefore: `before Migration ${demanding}`,
      },
    ];
  });
}

function losses(survey: Survey): Question[] {
  const lost = survey.planned.filter(({ operation, effect }) => effect.data === 'loses' && ['dropColumn', 'dropTable'].includes(operation.type));
  const { together, others } = columnDrops(lost);
  const question = (id: string, what: string, migration: string | undefined): Question => ({
    id: `Q-archive-${slugOf(id)}`,
    question: `Does anybody still need ${what}, and if so, where is its archive kept, and for how long?`,
    ...(migration && { neededBefore: `before Migration ${migration}` }),
  });
  return [
    ...together.map(({ table, columns, acts }) => question(`${table}-columns`, `the values of ${table} in ${listed(columns)}`, acts[0]?.migration.id)),
    ...others.map(({ effect, migration }) => question(effect.object ?? migration.id, effect.object ?? 'what is dropped', migration.id)),
  ];
}

function unknowns(survey: Survey): Question[] {
  const seen = new Map<string, number>();
  return survey.planned.flatMap(({ operation, statement, migration }) => {
    if (operation.type !== 'unknown') return [];
    const place = migration.statements.indexOf(statement) + 1;
    const which = migration.statements.length > 1 && place > 0 ? `statement ${place}` : 'the statement';
    const count = (seen.get(migration.id) ?? 0) + 1;
    seen.set(migration.id, count);
    return [
      {
        id: `Q-unknown-${migration.id}${count > 1 ? `-${count}` : ''}`,
        question: `What does ${which} of Migration ${migration.id} do, which was not analysed, and does it break running code? ${operation.reason}`,
        neededBefore: `before Migration ${migration.id}`,
      },
    ];
  });
}
