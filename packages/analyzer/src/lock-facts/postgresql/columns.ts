import type { Lock, Operation } from '@planwright/spec';
import { serialType } from '../../apply/written-type.js';
import { mentions } from '../../expression-names.js';
import { defaultVolatility } from '../../verdicts/postgresql/default-volatility.js';
import { typeChange } from '../../verdicts/postgresql/type-change.js';
import { columnBefore, onTableText, type StatementFacts, tableBefore } from '../../verdicts/statement-facts.js';

/** Types whose change is understood: PostgreSQL's own. What a domain or an extension does is not in the type's name. */
const builtIn =
  /^(?:smallint|integer|bigint|real|double precision|numeric|text|varchar|char|date|time|timetz|timestamp|timestamptz|interval|boolean|uuid|jsonb?|bytea|inet|cidr|varbit|bit)(?:\([\d, ]+\))?(?:\[\])?$/;

/** Locks of the operations on one column; nothing for all others, and for those whose locks depend on what is not known. */
export function columnLocks(facts: StatementFacts, operation: Operation): readonly Lock[] | undefined {
  switch (operation.type) {
    case 'addColumn': {
      const held = heldByNewColumn(facts, operation);
      return held && exclusive(operation, held);
    }
    case 'dropColumn':
    case 'renameColumn':
    case 'dropNotNull':
    case 'setDefault':
    case 'dropDefault':
    case 'setIdentity':
    case 'dropIdentity':
    case 'dropGenerated':
      return exclusive(operation, 'brief');
    case 'setGenerated':
      return exclusive(operation, 'rewrite');
    case 'setNotNull':
      return exclusive(operation, columnBefore(facts, operation)?.notNull || isProven(facts, operation) ? 'brief' : 'scan');
    case 'alterColumnType': {
      const held = heldByNewType(facts, operation);
      return held && exclusive(operation, held);
    }
    case 'setColumnOption':
      return [
        {
          relation: onTableText(operation),
          mode: operation.option === 'statistics' || operation.option.startsWith('n_distinct') ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE',
          held: 'brief',
        },
      ];
    default:
      return undefined;
  }
}

function exclusive(on: { readonly schema?: string; readonly table: string }, held: Lock['held']): readonly Lock[] {
  return [{ relation: onTableText(on), mode: 'ACCESS EXCLUSIVE', held }];
}

function heldByNewColumn(facts: StatementFacts, { column }: Extract<Operation, { type: 'addColumn' }>): Lock['held'] | undefined {
  if (serialType(column.type) !== undefined || column.identity) return 'rewrite';
  if (column.generated) return column.generated.stored === false ? 'brief' : 'rewrite';
  // A domain with a check is tried on every row, which writes the table anew.
  const domain = [...(facts.before.domains ?? []), ...(facts.after.domains ?? [])].find(({ name }) => name === column.type);
  if (domain) return domain.checks?.length || domain.notNull ? 'rewrite' : undefined;
  if (column.default === undefined) return 'brief';
  const volatility = defaultVolatility(column.default);
  return volatility === 'unknown' ? undefined : volatility === 'volatile' ? 'rewrite' : 'brief';
}

/** A valid check that the column is not NULL spares the scan. */
function isProven(facts: StatementFacts, on: { readonly schema?: string; readonly table: string; readonly column: string }): boolean {
  const written = new RegExp(`^\\(*"?${on.column.replace(/[^\w]/g, '.')}"?\\s+is\\s+not\\s+null\\)*$`, 'i');
  return (
    tableBefore(facts, on)?.constraints?.some(
      (constraint) => constraint.type === 'check' && !constraint.notValid && written.test(constraint.expression.trim()),
    ) ?? false
  );
}

function heldByNewType(facts: StatementFacts, operation: Extract<Operation, { type: 'alterColumnType' }>): Lock['held'] | undefined {
  const from = columnBefore(facts, operation)?.type ?? operation.from;
  if (from === undefined || operation.collation !== undefined) return undefined;
  const change = typeChange(from, operation.to);
  const simple =
    operation.using === undefined ||
    new RegExp(`^\\(*"?${operation.column.replace(/[^\w]/g, '.')}"?\\)*(?:::\\s*"?[\\w ]+"?(?:\\([\\d, ]+\\))?(?:\\[\\])?)?$`, 'i').test(operation.using);
  if (!simple) return 'rewrite';
  if (!builtIn.test(from) || !builtIn.test(operation.to)) {
    // Between an enum or another type of one's own and any other type, every value is converted.
    return change.kind === 'same' ? 'brief' : isEnum(facts, from) || isEnum(facts, operation.to) ? 'rewrite' : undefined;
  }
  if (change.rewrites !== false) return 'rewrite';
  const table = tableBefore(facts, operation);
  // What rests on the column is checked again, though the table is not written.
  const checked = table?.constraints?.some((constraint) => constraint.type === 'check' && mentions(constraint.expression, operation.column));
  const indexed = table?.indexes?.some(
    (index) =>
      (index.where !== undefined && mentions(index.where, operation.column)) ||
      index.keys.some(({ expression }) => expression !== undefined && mentions(expression, operation.column)),
  );
  return change.kind !== 'same' && (checked || indexed) ? 'scan' : 'brief';
}

function isEnum({ before, after }: StatementFacts, type: string): boolean {
  const name = type.replace(/\[\]$/, '').replaceAll('"', '');
  return [...(before.enums ?? []), ...(after.enums ?? [])].some((known) => known.name === name);
}
