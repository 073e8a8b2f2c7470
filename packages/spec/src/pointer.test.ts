import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from './nearest.js';
import { pointerTo, segmentsOf, valueAt } from './pointer.js';

it('names every place of a value, whatever its keys are', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (segments) => {
      expect(segmentsOf(pointerTo(...segments))).toEqual(segments);
      const value = segments.reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), 'found');
      if (!segments.includes('__proto__')) expect(valueAt(value, pointerTo(...segments))).toBe('found');
    }),
  );
});

it('finds nothing where nothing is', () => {
  expect(valueAt({ tasks: [{ id: 'T001' }] }, '/tasks/1/id')).toBeUndefined();
  expect(valueAt({}, '/toString')).toBeUndefined();
});

it('suggests a name for a slip, and none for another word', () => {
  expect(nearest('tabel', ['table', 'column'])).toBe('table');
  expect(nearest('depends_on', ['dependsOn'])).toBe('dependsOn');
  expect(nearest('migratons', ['migrations'])).toBe('migrations');
  expect(nearest('foo', ['id', 'table'])).toBeUndefined();
  expect(nearest('name', ['gate', 'risk'])).toBeUndefined();
  expect(nearest('x', ['y'])).toBeUndefined();
});
