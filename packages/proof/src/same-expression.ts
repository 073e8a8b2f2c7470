import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import type { SameExpression } from './differences.js';

/** Same tree but for casts, parentheses and places: `'x'::character varying` and `'x'`. For expressions that the engine would not read back. */
export function sameButForCasts(postgresql: PostgresqlDialect): SameExpression {
  const treeOf = (text: string): string | undefined => {
    for (const sql of [`SELECT ${text}`, text]) {
      const [statement, ...more] = postgresql.parse(sql).statements;
      if (statement?.kind === 'parsed' && more.length === 0) return JSON.stringify(withoutCasts(statement.node));
    }
    return undefined;
  };
  return (one, other) => {
    const tree = treeOf(one);
    return tree !== undefined && tree === treeOf(other);
  };
}

function withoutCasts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutCasts);
  if (typeof node !== 'object' || node === null) return node;
  if ('TypeCast' in node) {
    const { TypeCast: cast } = node;
    if (typeof cast === 'object' && cast !== null && 'arg' in cast) return withoutCasts(cast.arg);
  }
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'location' && !key.endsWith('_location') && key !== 'location_start' && key !== 'list_start' && key !== 'list_end')
      .map(([key, value]) => [key, withoutCasts(value)]),
  );
}
