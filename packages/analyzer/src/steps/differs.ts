import type { Table } from '@planwright/spec';
import { nameSql } from './asked.js';

/** Types that PostgreSQL compares by no `=` (42883), or by one that is not about all of the value: boxes are equal when their areas are. */
const withoutEquality = /^(?:json|xml|point|polygon|box|circle|path|line|lseg)(?:\[\])*$/;

/** Whether two values of a type are not the same, NULL counting as a value. */
export function differs(left: string, right: string, type: string | undefined): string {
  return type !== undefined && withoutEquality.test(type)
    ? `${cast(left, 'text')} IS DISTINCT FROM ${cast(right, 'text')}`
    : `${left} IS DISTINCT FROM ${right}`;
}

/** The opposite. */
export function same(left: string, right: string, type: string | undefined): string {
  return differs(left, right, type).replace(' IS DISTINCT FROM ', ' IS NOT DISTINCT FROM ');
}

/** `total::text`; anything longer than a name, a call or a literal stands in parentheses. */
export function cast(expression: string, type: string): string {
  return `${alone(expression)}::${type}`;
}

/** An expression that an operator beside it does not tear apart. */
export function alone(expression: string): string {
  return /^(?:[\w."]+|'(?:[^']|'')*'|\w+\([^()]*\))$/.test(expression) ? expression : `(${expression})`;
}

/**
 * An expression as a value of a column's type, where it must be one: what is assigned is converted, what is compared or stands in a CASE is not (`text = bigint`,
 * 42883). Without the length of the type, to which a cast would cut it.
 */
export function ofType(expression: string, type: string | undefined, table: Table | undefined): string {
  const literal = /^(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|null|true|false)$/i.test(expression);
  const alike = table?.columns.some((column) => nameSql(column.name) === expression && column.type === type);
  const textual =
    /^(?:text|varchar|character varying)\b/.test(type ?? '') &&
    (/^(?:upper|lower|concat|concat_ws|trim|btrim|replace|substr|substring|split_part|md5|format)\(/i.test(expression) || expression.includes('||'));
  return type === undefined || literal || alike || textual ? alone(expression) : cast(expression, withoutLength(type));
}

function withoutLength(type: string): string {
  return type.replace(/\([\d, ]*\)/, '').replace(/^(?:char|character|bpchar)(?=$|\[)/, 'text');
}
