import { expect, it } from 'vitest';
import { sectionCode } from './section-code.js';

const compile = (body: string, offset = 0) => sectionCode({ file: 'sections/a.md.eta', body, offset });
const problems = (body: string, offset = 0) => compile(body, offset).issues.map(({ code, line }) => `${code} ${line}`);
const places = (body: string) => [...compile(body).code.matchAll(/(\$(?!failed|fenced)\w+)\(/g)].map((match) => match[1]);

it('refuses raw output', () => {
  expect(problems('text\n<%~ it.title %>\n')).toEqual(['raw-output 2']);
});

it('counts lines from the top of the file, front matter included', () => {
  expect(problems('<%~ it.title %>', 6)).toEqual(['raw-output 7']);
});

it.each([
  ['a code span', '`<%= it.title %>`'],
  ['a link target', '[text](<%= it.title %>)'],
  ['an HTML comment', '<!-- <%= it.title %> -->'],
  ['an HTML tag', '<a <%= it.title %>>'],
])('refuses a value inside %s', (_, body) => {
  expect(problems(body)).toEqual(['misplaced-value 1']);
});

it('takes a value after a closed code span', () => {
  expect(places('`a` <%= it.title %>')).toEqual(['$line']);
});

it('names the line of a syntax error in a tag', () => {
  expect(problems('a\n\n<% for (const x of) { -%>\n<% } -%>\n')).toEqual(['template-syntax 3']);
});

it('names the line of a tag that is not closed', () => {
  expect(problems('a\nb <%= it.title\n')[0]).toBe('template-syntax 2');
});

it('finds the place of a value by what stands before it on its line', () => {
  expect(places('<%= a %> <%= b %>\n# <%= c %>\n| <%= d %> | <%= e %> |\n- <%= f %>\n1. <%= g %>\n- [ ] <%= h %>\n**Name**: <%= i %>\n')).toEqual([
    '$text',
    '$line',
    '$heading',
    '$cell',
    '$cell',
    '$text',
    '$text',
    '$text',
    '$line',
  ]);
});

it('finds fences, and mermaid among them', () => {
  expect(places('```sql\n<%= a %>\n```\n<%= b %>\n```mermaid\n<%= c %>\n```\n')).toEqual(['$fence', '$text', '$mermaid']);
});

it('refuses a fence without an end', () => {
  expect(problems('```sql\nSELECT 1\n')).toEqual(['open-fence 3']);
});
