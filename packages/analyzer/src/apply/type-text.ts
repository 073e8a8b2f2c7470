import { quoteIdentifier, quoteName } from '@planwright/sql/postgresql';

/** A type that somebody made, as columns name it. */
export function typeText(schema: string | undefined, name: string): string {
  return schema === undefined ? quoteIdentifier(name) : quoteName([schema, name]);
}

/** The type of an array's elements; any other type as it is. */
export function baseOf(type: string): string {
  return type.endsWith('[]') ? type.slice(0, -2) : type;
}
