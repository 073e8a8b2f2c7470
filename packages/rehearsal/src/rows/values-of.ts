import { type Type, typeOf } from './type.js';
import { addresses } from './values/addresses.js';
import { binary } from './values/binary.js';
import { decimals } from './values/decimals.js';
import { documents } from './values/documents.js';
import { few, fixed, unknown } from './values/fixed.js';
import { integers } from './values/integers.js';
import { literal } from './values/literal.js';
import { numbered } from './values/numbered.js';
import { ranges } from './values/ranges.js';
import { shapes } from './values/shapes.js';
import { texts } from './values/texts.js';
import { times } from './values/times.js';
import { type About, castTo, type Values } from './values.js';
import type { Wish } from './wish.js';

// A map, for a type may have any name: `constructor` too.
const makers = new Map(
  Object.entries({ ...few, ...integers, ...decimals, ...texts, ...times, ...documents, ...binary, ...addresses, ...shapes, ...ranges, ...numbered }),
);

/** The values of a type that fulfil a wish. */
export function valuesOf(type: Type, wish: Wish, about: About): Values {
  if (wish.oneOf) return fixed(wish.oneOf, type.spelt);
  // Only a whole column has a largest value.
  const { after: _, ...part } = about;
  if (type.array) return arrays(type, wish, part);
  if (type.labels) {
    const labels = type.labels.map(literal).filter((label) => !wish.not?.some((refused) => refused.startsWith(label)));
    return labels.length === 0 ? unknown(type) : fixed(labels, type.spelt);
  }
  if (type.attributes) return composites(type, part);
  const made = makers.get(type.base)?.(type, wish, about) ?? unknown(type);
  return type.domains.length === 0 ? made : castTo(type.spelt, made);
}

function arrays(type: Type, wish: Wish, about: About): Values {
  const element = valuesOf(typeOf(type.spelt.replace(/(\[\d*\])+$/, ''), about.snapshot), {}, about);
  if (type.domains.length > 0 || element.guessed) return { ...fixed([`'{}'`], type.spelt), ...(wish.shortest ? { guessed: true } : {}) };
  const size = Math.max(wish.shortest ?? 0, Math.min(wish.longest ?? 2, 2));
  const elements = (number: string) => Array.from({ length: size }, (_, place) => element.nth(place === 0 ? number : `(${number} + ${place})`));
  return { count: size === 0 ? 1 : element.count, nth: (number) => `ARRAY[${elements(number).join(', ')}]::${type.spelt}` };
}

function composites(type: Type, about: About): Values {
  const depth = (about.depth ?? 0) + 1;
  if (depth > 4) return unknown(type);
  const parts = (type.attributes ?? []).map(({ name, type: spelt }) => valuesOf(typeOf(spelt, about.snapshot), {}, { ...about, column: name, depth }));
  return { count: Math.max(1, ...parts.map(({ count }) => count)), nth: (number) => `ROW(${parts.map((part) => part.nth(number)).join(', ')})::${type.spelt}` };
}
