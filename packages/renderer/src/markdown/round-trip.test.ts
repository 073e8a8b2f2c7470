import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText } from '../scope.js';
import { hostile } from '../testing/hostile.js';
import { outline, parse } from '../testing/parse.js';
import { cell, row } from './cell.js';
import { trimmed as trim, writable } from './characters.js';
import { code } from './code.js';
import { comment } from './comment.js';
import { fence } from './fence.js';
import { heading } from './heading.js';
import { link } from './link.js';
import { paragraphs } from './paragraphs.js';
import { text } from './text.js';

const trimmed = (value: string) => trim(writable(value));
const oneLine = (value: string) => trimmed(trimmed(value).replace(/[ \t]*\n[ \t\n]*/g, ' '));
const paragraph = (value: string) => (value === '' ? [] : [['paragraph', value]]);
const item = (value: string, checked = '') => ['root', ['list', ['listItem', ...paragraph(`${checked}${value}`)]]];

const spanned = (value: string) => `\`${writable(value)}\``;

/** A place: the document with a value in it, and what it must parse to. */
interface Place {
  readonly name: string;
  readonly document: (value: string) => string;
  readonly expected: (value: string) => unknown;
}

const places: readonly Place[] = [
  { name: 'text', document: (value) => `# A\n\n${text(value)}\n`, expected: (value) => ['root', ['heading', 'A'], ...paragraph(trimmed(value))] },
  {
    name: 'text between literals',
    document: (value) => `**Name**: ${text(value, 'inside')} (end)\n`,
    expected: (value) => ['root', ['paragraph', `⟨strong⟩: ${writable(value).replace(/^[ \t\n]+|[ \t\n]+$/g, ' ')} (end)`]],
  },
  {
    name: 'text on label lines',
    document: (value) => `A: 1  \n${text(value)}x  \nB: 2\n`,
    expected: (value) => [
      'root',
      [
        'paragraph',
        `A: 1\n${writable(value)
          .replace(/^[ \t\n]+/g, '')
          .replace(/[ \t\n]+$/, ' ')}x\nB: 2`,
      ],
    ],
  },
  { name: 'list item', document: (value) => `- ${text(value)}\n`, expected: (value) => item(trimmed(value)) },
  {
    name: 'checkbox item',
    document: (value) => `- [ ] ${itemText(value)}\n`,
    expected: (value) => (trimmed(value) === '' ? item('[ ]') : item(trimmed(value))),
  },
  {
    name: 'cell',
    document: (value) => `| A | B |\n| --- | --- |\n${row([cell(value), 'b'])}\n`,
    expected: (value) => [
      'root',
      ['table', ['tableRow', ['tableCell', 'A'], ['tableCell', 'B']], ['tableRow', ['tableCell', trimmed(value)], ['tableCell', 'b']]],
    ],
  },
  { name: 'heading', document: (value) => `# ${heading(value)}\n`, expected: (value) => ['root', ['heading', oneLine(value)]] },
  {
    name: 'heading after a literal',
    document: (value) => `# A: ${heading(value)}\n`,
    expected: (value) => ['root', ['heading', trimmed(`A: ${oneLine(value)}`)]],
  },
  {
    name: 'paragraphs',
    document: (value) => `# A\n\n${paragraphs(value)}\n`,
    expected: (value) => [
      'root',
      ['heading', 'A'],
      ...trimmed(value)
        .split(/\n[ \t]*\n[ \t\n]*/)
        .map((part) => part.split('\n').map(trimmed).join('\n'))
        .flatMap(paragraph),
    ],
  },
  { name: 'fence', document: (value) => `${fence('sql', value)}\n`, expected: (value) => ['root', ['code', 'sql', writable(value).replace(/\n+$/, '')]] },
  { name: 'code span', document: (value) => `a ${code(value).markdown} b\n`, expected: (value) => ['root', ['paragraph', `a ${spanned(value)} b`]] },
  {
    name: 'code span in a cell',
    document: (value) => `| A | B |\n| --- | --- |\n${row([cell(code(value)), 'b'])}\n`,
    expected: (value) => [
      'root',
      ['table', ['tableRow', ['tableCell', 'A'], ['tableCell', 'B']], ['tableRow', ['tableCell', spanned(value)], ['tableCell', 'b']]],
    ],
  },
  {
    name: 'link text',
    document: (value) => `a ${link(value, 'docs/plan.md').markdown} b\n`,
    expected: (value) => ['root', ['paragraph', `a ⟨link ${oneLine(value)}⟩ b`]],
  },
  {
    name: 'link text in a cell',
    document: (value) => `| A |\n| --- |\n${row([cell(link(value, 'docs/plan.md'))])}\n`,
    expected: (value) => ['root', ['table', ['tableRow', ['tableCell', 'A']], ['tableRow', ['tableCell', `⟨link ${oneLine(value)}⟩`]]]],
  },
  { name: 'comment', document: (value) => `${comment(value)}\n\nafter\n`, expected: () => ['root', 'html', ['paragraph', 'after']] },
];

const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(...hostile.filter((value) => value.length < 40)),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe.each(places.map((place) => [place.name, place] as const))('%s', (_, { document, expected }) => {
  it.each(hostile.map((value) => [value.length > 40 ? `${value.slice(0, 12)}… (${value.length})` : JSON.stringify(value), value]))(
    'keeps %s',
    (_name, value) => {
      expect(outline(parse(document(value)))).toEqual(expected(value));
    },
  );

  it('keeps whatever is put together from them', () => {
    fc.assert(
      fc.property(pieces, (value) => {
        expect(outline(parse(document(value)))).toEqual(expected(value));
      }),
      { numRuns: 300, seed: 20261121 },
    );
  });
});

it('leads a link only to an address', () => {
  expect(link('Locking', 'https://a.example/x y(z)?a=1&copy;=2').markdown).toBe('[Locking](https://a.example/x%20y%28z%29?a=1&amp;copy;=2)');
  expect(link('Plan', 'docs/plan.md#migration-001').markdown).toBe('[Plan](docs/plan.md#migration-001)');
  expect(link('a', 'javascript:alert(1)').markdown).toBe('a');
});

it('leaves plain words, identifiers and arithmetic as they are', () => {
  const pretty = [
    'snake_case and order_items',
    '2 * 3',
    'a < b and x <= y',
    'AT&T',
    'C:\\dir\\file',
    'text[] of labels',
    'at 10:30, 50 %',
    'https://a.example/x_y',
    'write `SET NOT NULL` (brief)',
    'x = 1; y - 2',
  ];
  expect(pretty.map((value) => text(value))).toEqual(pretty);
});
