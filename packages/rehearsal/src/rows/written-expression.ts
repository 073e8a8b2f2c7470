import { writerOf } from '@planwright/sql';
import type { Expression } from './expression.js';

const { quoteLiteral } = writerOf('postgresql');
const steady: ReadonlySet<string> = new Set([
  'now',
  'current_date',
  'current_timestamp',
  'localtimestamp',
  'make_date',
  'to_timestamp',
  'make_interval',
  'timezone',
  'interval',
]);

/** An expression that reads no column, as SQL; undefined for others. A literal that the grammar typed keeps its type. */
export function writtenExpression(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'literal':
      if (expression.value === null) return 'NULL';
      return expression.number !== undefined || expression.value === 'true' || expression.value === 'false' ? expression.value : quoteLiteral(expression.value);
    case 'cast': {
      // A literal takes the type of the column that it is for.
      if (expression.of.kind === 'literal' && /^(text|character varying|varchar|bpchar)\b/.test(expression.type)) return writtenExpression(expression.of);
      const of = writtenExpression(expression.of);
      return of === undefined ? undefined : `${of}::${typeName(expression.type)}`;
    }
    case 'operator': {
      if (!/^[+\-*/]$/.test(expression.operator)) return undefined;
      const [left, right] = [writtenExpression(expression.left), writtenExpression(expression.right)];
      return left === undefined || right === undefined ? undefined : `(${left} ${expression.operator} ${right})`;
    }
    case 'call': {
      if (!steady.has(expression.name)) return undefined;
      const given = expression.arguments.map(writtenExpression);
      if (given.includes(undefined)) return undefined;
      return /^(current_|local)/.test(expression.name) ? expression.name : `${expression.name}(${given.join(', ')})`;
    }
    default:
      return undefined;
  }
}

/** A name that is no word of the grammar needs quotes. */
function typeName(type: string): string {
  return /^[a-z_][\w ]*(\(.*\))?(\[\])*$/.test(type) ? type : writerOf('postgresql').quoteIdentifier(type);
}
