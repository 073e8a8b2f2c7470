import type { Context, Issue, Operation } from '../generated/types.js';

/**
 * A written down takes things back in the reverse order of its up. It is the author's file and may work all the same, where the two things have nothing to
 * do with each other: a warning. The sequence's own downs stand with their statements and are reversed when they are printed.
 */
export function checkDownOrder({ change }: Context): readonly Issue[] {
  return change.migrations.flatMap(({ id, statements, down }, index) => {
    if (down === undefined) return [];
    const made = statements.flatMap(({ operations }) => operations.map(madeBy)).filter((name) => name !== undefined);
    const undone = down.statements.flatMap(({ operations }, statement) =>
      operations.flatMap((operation) => {
        const name = takenBackBy(operation);
        return name !== undefined && made.includes(name) ? [{ name, statement }] : [];
      }),
    );
    const wrong = undone.findIndex(({ name }, place) => {
      const earlier = undone[place - 1]?.name;
      return earlier !== undefined && made.indexOf(name) > made.indexOf(earlier) && !areSiblings(name, earlier);
    });
    const [earlier, later] = [undone[wrong - 1], undone[wrong]];
    if (earlier === undefined || later === undefined) return [];
    const issue: Issue = {
      code: 'down-order',
      severity: 'warning',
      message: `found that the down of ${id} takes back ${earlier.name} before ${later.name}, in the order in which they were made: expected the reverse`,
      pointer: `/change/migrations/${index}/down/statements/${later.statement}`,
      hint: `Take back ${later.name} first, unless neither needs the other.`,
    };
    return [issue];
  });
}

/** Things of one kind that never need each other: they go in any order. */
function areSiblings(one: string, other: string): boolean {
  const kind = (name: string) => name.split(' ', 1)[0] ?? '';
  return kind(one) === kind(other) && ['column', 'index', 'trigger'].includes(kind(one));
}

function madeBy(operation: Operation): string | undefined {
  switch (operation.type) {
    case 'createTable':
      return named('table', operation.table.schema, operation.table.name);
    case 'addColumn':
      return named('column', operation.schema, `${operation.table}.${operation.column.name}`);
    case 'addConstraint':
      return operation.constraint.name && named('constraint', operation.schema, `${operation.table}.${operation.constraint.name}`);
    case 'createIndex':
      return operation.index.name && named('index', operation.schema, operation.index.name);
    case 'createView':
      return named('view', operation.view.schema, operation.view.name);
    case 'createEnum':
      return named('type', operation.enum.schema, operation.enum.name);
    case 'createDomain':
      return named('type', operation.domain.schema, operation.domain.name);
    case 'createTrigger':
      return named('trigger', operation.schema, `${operation.table}.${operation.trigger.name}`);
    case 'createRoutine':
      return named('routine', operation.routine.schema, operation.routine.name);
    case 'createSequence':
      return named('sequence', operation.sequence.schema, operation.sequence.name);
    case 'createSchema':
      return named('schema', undefined, operation.name);
    default:
      return undefined;
  }
}

function takenBackBy(operation: Operation): string | undefined {
  switch (operation.type) {
    case 'dropTable':
      return named('table', operation.schema, operation.table);
    case 'dropColumn':
      return named('column', operation.schema, `${operation.table}.${operation.column}`);
    case 'dropConstraint':
    case 'dropTrigger':
      return named(operation.type === 'dropTrigger' ? 'trigger' : 'constraint', operation.schema, `${operation.table}.${operation.name}`);
    case 'dropIndex':
      return named('index', operation.schema, operation.name);
    case 'dropView':
      return named('view', operation.schema, operation.name);
    case 'dropType':
      return named('type', operation.schema, operation.name);
    case 'dropRoutine':
      return named('routine', operation.schema, operation.name);
    case 'dropSequence':
      return named('sequence', operation.schema, operation.name);
    case 'dropSchema':
      return named('schema', undefined, operation.name);
    default:
      return undefined;
  }
}

function named(word: string, schema: string | undefined, name: string): string {
  return `${word} ${schema === undefined ? '' : `${schema}.`}${name}`;
}
