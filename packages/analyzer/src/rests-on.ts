import type { Domain, EnumType, Operation, Routine, View } from '@planwright/spec';
import type { Draft } from './draft/draft.js';
import { calledFunctions } from './verdicts/postgresql/default-volatility.js';
import { viewReads } from './view-reads.js';

/** What a statement neither names nor changes and yet depends on, as it is before it: types of columns, functions of defaults, views that read a column. */
export interface RestsOn {
  readonly domains: readonly Domain[];
  readonly enums: readonly EnumType[];
  readonly routines: readonly Routine[];
  readonly readers: readonly View[];
}

const nothing: RestsOn = { domains: [], enums: [], routines: [], readers: [] };

/** Asked before the operations are carried into the draft. Most statements rest on nothing, which costs nothing. */
export function restsOn(draft: Draft, operations: readonly Operation[]): RestsOn {
  let found: RestsOn = nothing;
  const add = (more: Partial<RestsOn>): void => {
    if (!more.domains?.length && !more.enums?.length && !more.routines?.length && !more.readers?.length) return;
    found = {
      domains: [...found.domains, ...(more.domains ?? [])],
      enums: [...found.enums, ...(more.enums ?? [])],
      routines: [...found.routines, ...(more.routines ?? [])],
      readers: [...found.readers, ...(more.readers ?? []).filter((view) => !found.readers.includes(view))],
    };
  };
  for (const operation of operations) {
    switch (operation.type) {
      case 'addColumn': {
        add(typesNamed(draft, operation.column.type));
        const { default: written } = operation.column;
        if (written?.includes('(')) add({ routines: routinesCalled(draft, written) });
        break;
      }
      case 'alterColumnType':
        add(typesNamed(draft, operation.to));
        if (operation.from !== undefined) add(typesNamed(draft, operation.from));
        add({ readers: readersOf(draft, operation) });
        break;
      case 'dropColumn':
        add({ readers: readersOf(draft, operation) });
        break;
    }
  }
  return found;
}

/** Spelling of a type's name without length and dimensions: `billing."State"` is the schema `billing` and the name `State`. */
export function typeName(type: string): { readonly schema?: string; readonly name: string } {
  if (plainName.test(type)) return { name: type };
  const parts = [...type.replace(/\(.*$|\[\]$/g, '').matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2);
  return schema === undefined ? { name } : { schema, name };
}

/** Whether a type as a column has it is this one, or an array of it. */
export function isOfType(written: string, { schema, name }: { readonly schema?: string; readonly name: string }): boolean {
  // Of all columns few are of a type: only what holds its name is read. A name with a quote is written with two.
  if (!written.includes(name) && !name.includes('"')) return false;
  const type = typeName(written);
  return type.name === name && type.schema === schema;
}

const plainName = /^[a-z_][a-z0-9_]*$/;

const none: Partial<RestsOn> = {};

function typesNamed(draft: Draft, type: string): Partial<RestsOn> {
  const { schema, name } = typeName(type);
  const domain = draft.domains.get(schema, name);
  if (domain) return { domains: [domain] };
  const known = draft.enums.get(schema, name);
  return known ? { enums: [known] } : none;
}

function routinesCalled(draft: Draft, expression: string): readonly Routine[] {
  return calledFunctions(expression).flatMap(({ schema, name }) => {
    const within = schema === undefined ? draft.schemaOfRoutine(name) : draft.plainSchema(schema);
    return draft.routines.get(within, name)?.overloads ?? [];
  });
}

/** Views whose query reads a column, by name or through a star. */
function readersOf(draft: Draft, { schema, table, column }: { readonly schema?: string; readonly table: string; readonly column: string }): readonly View[] {
  const plain = draft.plainSchema(schema);
  const read = plain === undefined ? table : `${plain}.${table}`;
  return draft.views.list().filter((view) => view.dependsOn && viewReads(view, read, column));
}
