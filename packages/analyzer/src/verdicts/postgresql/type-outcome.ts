import type { Operation } from '@planwright/spec';
import { conversion, countWhere, writerOf } from '@planwright/sql';
import { renameIn } from '../../expression-names.js';
import { isOfType, typeName } from '../../rests-on.js';
import { remembered } from '../remembered.js';
import { columnBefore, columnText, onTableText, type StatementFacts } from '../statement-facts.js';
import { baseType, domainOf, isByText, isPlainCast } from './base-type.js';
import { boundByPartitions, dependentsOn, listOf } from './dependents.js';
import { failingValues } from './failing-values.js';
import { lostLabels } from './lost-labels.js';
import { loses, mayFail, type Outcome, safe } from './outcome.js';
import { betweenTimestamps, typeChange } from './type-change.js';

type AlterColumnType = Extract<Operation, { type: 'alterColumnType' }>;

/** Why PostgreSQL refuses a change of type whatever the rows are; nothing where it does not. */
export const refusedTypeChange = remembered(({ facts }, operation: AlterColumnType): string | undefined => {
  const name = `\`${columnText(operation)}\``;
  const bound = boundByPartitions(facts, operation);
  if (bound !== undefined) return `Fails with 42P16 whatever the rows are: the type of ${name} cannot change, because ${bound}.`;
  const dependents = dependentsOn(facts, operation);
  if (dependents.length > 0) return `Fails with 0A000 whatever the rows are: ${listOf(dependents)} on ${name}.`;
  const column = columnBefore(facts, operation);
  const written = column?.type ?? operation.from;
  if (written === undefined) return undefined;
  const [from, to] = [baseType(facts, written), baseType(facts, operation.to)];
  // Casts to and from types that are not PostgreSQL's own are not known here.
  if (!ownType.test(from) || (!ownType.test(to) && !isEnumOf(facts, operation.to)) || conversion(from, to, operation.column) === undefined) return undefined;
  if (operation.using === undefined) return `Fails with 42804 whatever the rows are: ${from} becomes ${operation.to} only with a USING expression.`;
  const dropped = facts.operations.some((other) => other.type === 'dropDefault' && other.column === operation.column);
  if (column?.default === undefined || dropped || /^null\b/i.test(column.default) || isCastTo(column.default, operation.to)) return undefined;
  return `Fails with 42804 whatever the rows are: the default ${column.default} of ${name} does not become ${operation.to} by itself.`;
});

/** A default that is of the new type already: PostgreSQL takes off what it has put around it for the old one. */
function isCastTo(expression: string, type: string): boolean {
  const [, written] = /::\s*((?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))?)$/.exec(expression) ?? [];
  return written !== undefined && typeName(written).name === typeName(type).name;
}

const ownType =
  /^(?:smallint|integer|bigint|real|double precision|numeric|text|varchar|char|date|time|timetz|timestamp|timestamptz|interval|boolean|uuid|jsonb?|bytea|inet|cidr)(?:\([\d, ]+\))?$/;

function isEnumOf({ restsOn }: StatementFacts, type: string): boolean {
  return restsOn.enums.length > 0 && !type.endsWith('[]');
}

/** The zone by which a timestamp gets or loses its own, as a literal: `'UTC'`; nothing for any other change. */
export function zoneOf({ to, using = '' }: Pick<AlterColumnType, 'to' | 'using'>, from: string): string | undefined {
  return betweenTimestamps(from, to) ? /^\(*"?\w+"?\s+at\s+time\s+zone\s+('[^']*')\)*$/i.exec(using.trim())?.[1] : undefined;
}

/** What a change of type does to values that are there. */
export const typeOutcome = remembered((around, operation: AlterColumnType): Outcome => {
  const { facts } = around;
  const refused = refusedTypeChange(around, operation);
  if (refused !== undefined) return mayFail(refused);
  const written = columnBefore(facts, operation)?.type ?? operation.from;
  const name = `\`${columnText(operation)}\``;
  if (written === undefined) return mayFail(`Fails when a value of ${name} cannot become ${operation.to}.`);
  // The time zone only says which instant a timestamp is.
  if (zoneOf(operation, written) !== undefined) return safe;
  const labels = labelOutcome(facts, operation, written);
  if (labels) return labels;
  if (isTotal(operation, written)) return safe;
  if (!isPlainCast(operation)) return mayFail(`The values of ${name} become what the USING expression gives; it fails where that fails.`);
  const domain = written === operation.to ? undefined : domainOf(facts, operation.to);
  const [from, to] = [baseType(facts, written), baseType(facts, operation.to)];
  const outcome = plainOutcome(operation, name, from, to);
  if (outcome.outcome !== 'safe' || !domain) return outcome;
  return domainOutcome(operation, domain, operation.column) ?? safe;
});

/** Whether USING is a call that gives a value for every one of the column, and loses nothing: of a document or a list, which hold it as it is, or of the second that it counts. */
function isTotal({ column, using = '' }: AlterColumnType, from: string): boolean {
  const [, name = '', first = '', more = ''] = /^\(*(\w+)\s*\(\s*("[^"]+"|\w+|'[^']*')\s*(?:,([^()]*))?\)+$/.exec(using.trim()) ?? [];
  const isColumn = (text: string): boolean => text === column || text === `"${column}"`;
  const argument = /'(?:[^']|'')*'|"[^"]+"|\w+/g;
  const others = more.match(argument) ?? [];
  const known = /^[\s,]*$/.test(more.replace(argument, '')) && others.every((text) => isColumn(text) || text.startsWith("'"));
  switch (name.toLowerCase()) {
    case 'to_json':
    case 'to_jsonb':
      return isColumn(first) && others.length === 0;
    case 'json_build_object':
    case 'jsonb_build_object':
      // A key that is NULL is refused (22023).
      return /^'/.test(first) && others.length === 1 && known;
    case 'string_to_array':
      return /^(?:text|varchar)/.test(from) && isColumn(first) && known;
    case 'to_timestamp':
      return /^(?:smallint|integer)$/.test(from) && isColumn(first) && others.length === 0;
    default:
      return false;
  }
}

/** What becomes of values that a label of an enum is looked up for by their text; nothing for any other change. */
function labelOutcome(facts: StatementFacts, operation: AlterColumnType, written: string): Outcome | undefined {
  const to = facts.restsOn.enums.find((one) => isOfType(operation.to, one));
  const lost = lostLabels(facts, written, operation.to);
  if (!to || operation.to.endsWith(']') || (!lost && !/^(?:text|varchar)\b/.test(written)) || !isByText(operation)) return undefined;
  const { quoteIdentifier, quoteLiteral } = writerOf('postgresql');
  const listed = (labels: readonly string[]): string => labels.map(quoteLiteral).join(', ');
  const value = `${quoteIdentifier(operation.column)}::text`;
  const name = `\`${columnText(operation)}\``;
  if (!lost)
    return mayFail(
      `Fails with 22P02 when a value of ${name} is no label of ${to.name}.`,
      countWhere(writerOf('postgresql'), operation, `${value} NOT IN (${listed(to.labels)})`),
    );
  if (lost.length === 0) return safe;
  return mayFail(
    `Fails with 22P02 when a value of ${name} is ${lost.map(quoteLiteral).join(' or ')}: ${to.name} has no such label.`,
    countWhere(writerOf('postgresql'), operation, `${value} IN (${listed(lost)})`),
  );
}

function plainOutcome(operation: AlterColumnType, name: string, from: string, to: string): Outcome {
  const change = typeChange(from, to);
  // A cast that is written cuts a text to its length, where the change alone would refuse it.
  const cut =
    change.fails === '22001' && operation.using !== undefined && /(?:::|\bas\b)\s*(?:varchar|char|character(?: varying)?|bpchar)\s*\(/i.test(operation.using);
  if (cut) return loses(`Values of ${name} are cut to ${operation.to}.`);
  const query = failingValues(operation, operation.column, from, to);
  switch (change.kind) {
    case 'same':
    case 'widens':
      return safe;
    case 'narrows':
      if (change.rounds)
        return loses(`Values of ${name} are rounded to ${operation.to}${change.fails ? `, and one that is too great fails with ${change.fails}` : ''}.`, query);
      return mayFail(`Fails${change.fails ? ` with ${change.fails}` : ''} when a value of ${name} does not fit ${operation.to}.`, query);
    case 'converts':
      if (change.rounds) return loses(`Values of ${name} (${from}) keep less as ${operation.to}.`);
      if (change.total) return safe;
      return mayFail(`Fails${change.fails ? ` with ${change.fails}` : ''} when a value of ${name} (${from}) cannot become ${operation.to}.`, query);
  }
}

/** What the rules of a domain say of the values of `expression`: a column, or the value that a new column gets. */
export function domainOutcome(
  on: { readonly schema?: string; readonly table: string; readonly column?: string },
  domain: { readonly name: string; readonly notNull?: boolean; readonly checks?: readonly { readonly expression: string }[] },
  expression: string,
): Outcome | undefined {
  const { quoteIdentifier } = writerOf('postgresql');
  const value = on.column === undefined ? `(${expression})` : quoteIdentifier(expression);
  const conditions = [
    ...(domain.notNull ? [`${value} IS NULL`] : []),
    ...(domain.checks ?? []).map((check) => `NOT (${renameIn(check.expression, 'value', value)})`),
  ];
  if (conditions.length === 0) return undefined;
  const code = domain.notNull ? (conditions.length > 1 ? '23502 or 23514' : '23502') : '23514';
  return mayFail(
    `Fails with ${code} when a row of \`${onTableText(on)}\` breaks the domain \`${domain.name}\`.`,
    countWhere(writerOf('postgresql'), on, conditions.join(' OR ')),
  );
}
