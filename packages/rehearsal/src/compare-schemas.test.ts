import type { Snapshot } from '@planwright/spec';
import { expect, it } from 'vitest';
import { compareSchemas } from './compare-schemas.js';

const schemaWith = (fallback: string): Snapshot => ({ tables: [{ name: 'events', columns: [{ name: 'payload', type: 'jsonb', default: fallback }] }] });
const sides = { expected: 'as written', found: 'after the sequence' };

it('takes a literal for the same whatever type it says that it has', () => {
  expect(compareSchemas(schemaWith("'{}'::json"), schemaWith("'{}'::jsonb"), sides).differences).toEqual([]);
});

it('tells another literal, and one that a cast makes another value', () => {
  expect(compareSchemas(schemaWith("'{}'::json"), schemaWith("'[]'::jsonb"), sides).equal).toBe(false);
  expect(compareSchemas(schemaWith("'2026-11-20 10:30'::date"), schemaWith("'2026-11-20 10:30'::timestamp"), sides).equal).toBe(false);
});
