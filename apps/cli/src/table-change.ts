import type { ColumnChange, Context } from '@planwright/spec';
import type { Terminal } from './terminal.js';

type ModifiedTable = NonNullable<NonNullable<Context['tables']>['modified']>[number];

/** One line on what becomes different in a table: `orders: +currency_code, total_cents integer → bigint, −legacy_ref`. */
export function tableChange(colors: Terminal['colors'], { schema, name, renamedTo, columns = [], constraints = [], indexes = [] }: ModifiedTable): string {
  const parts = [
    ...(renamedTo ? [`→ ${renamedTo}`] : []),
    ...columns.map((column) => columnChange(colors, column)),
    ...constraints.map(({ change, name: constraint, constraint: of }) => `${sign[change] ?? '~'}${constraintWords(constraint, of)}`),
    ...indexes.map(({ change, name: index }) => `${sign[change] ?? '~'}index ${index}`),
  ];
  return `${colors.bold(named(schema, name))}: ${parts.join(', ') || 'other changes'}`;
}

function constraintWords(name: string | undefined, constraint: NonNullable<ModifiedTable['constraints']>[number]['constraint']): string {
  const kind = constraint ? constraint.type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : 'constraint';
  const columns = constraint && 'columns' in constraint ? constraint.columns : undefined;
  return name ?? constraint?.name ?? (columns ? `${kind} (${columns.join(', ')})` : kind);
}

export function named(schema: string | undefined, name: string): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

const sign: Readonly<Record<string, string>> = { ADD: '+', DROP: '−' };

function columnChange(colors: Terminal['colors'], { change, column, from, to }: ColumnChange): string {
  if (change === 'ADD') return colors.green(`+${column}`);
  if (change === 'DROP') return colors.red(`−${column}`);
  return change === 'RENAME' ? `${column} → ${to}` : `${column} ${from ?? ''} → ${to ?? ''}`;
}
