import type { SetCommentOperation } from '@planwright/spec';
import { quoteIdentifier } from '../quote.js';
import { qualified } from './names.js';

const onTables: ReadonlySet<string> = new Set(['constraint', 'trigger', 'policy', 'rule']);
const inSchemas: ReadonlySet<string> = new Set([
  'view',
  'materialized view',
  'index',
  'sequence',
  'type',
  'domain',
  'foreign table',
  'collation',
  'conversion',
  'statistics',
  'function',
  'procedure',
  'routine',
]);
const alone: ReadonlySet<string> = new Set([
  'schema',
  'extension',
  'database',
  'role',
  'language',
  'publication',
  'subscription',
  'tablespace',
  'server',
  'event trigger',
]);

/** What stands between COMMENT ON and IS; nothing where a name does not say which object is meant (casts, operators). */
export function commentedObject({ kind, schema, table, name }: SetCommentOperation): string | undefined {
  const words = kind.toLowerCase();
  if (words === 'table') return `TABLE ${qualified(schema, name)}`;
  if (words === 'column') return table === undefined ? undefined : `COLUMN ${qualified(schema, table)}.${quoteIdentifier(name)}`;
  if (onTables.has(words)) return table === undefined ? undefined : `${kind.toUpperCase()} ${quoteIdentifier(name)} ON ${qualified(schema, table)}`;
  if (inSchemas.has(words)) return `${kind.toUpperCase()} ${qualified(schema, name)}`;
  return alone.has(words) ? `${kind.toUpperCase()} ${quoteIdentifier(name)}` : undefined;
}
