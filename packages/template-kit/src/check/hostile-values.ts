import { render } from '@planwright/renderer';
import type { CompiledTemplate, Context, Issue } from '@planwright/spec';
import type { RenderedExample } from './checks.js';
import { fencedBlocks } from './fenced-blocks.js';
import { freeStrings, replaceFreeStrings } from './free-strings.js';
import { mermaidFault } from './mermaid-blocks.js';
import { type OutlineLine, outlineOf } from './outline.js';

/** Values that break a document wherever a place is not escaped. None holds a blank line, which may part a paragraph in two. */
const hostile: readonly string[] = [
  'a | b',
  '`a|b`',
  'a\\|b',
  '``',
  '```sql',
  '*a*',
  '**',
  '_a_',
  '__a__',
  '~~a~~',
  '# a',
  '- a',
  '---',
  '===',
  '1. a',
  '> a',
  '+ a',
  'a\nb',
  'a\r\n- b',
  'a  \nb',
  'a\\',
  '<b>a</b>',
  '<!-- a',
  '-->',
  '</div>',
  '<script>',
  '&amp;',
  '&lt',
  '[a](b)',
  '[a]: b',
  '![a](b)',
  '[^1]: a',
  '[ ] a',
  '](',
  'www.a.example',
  'https://a.example/*b*',
  'a@b.example',
  '| --- |',
  'a #',
  '😀 | 👩‍👩‍👧',
  'עברית \u202eabc',
  'a\u0000b',
  '"]',
  '%%{a}%%',
  'end',
  '`a` and `b`',
  '~~~',
  'a ; b',
  '<%= a %>',
  'it\'s "a"',
  `${'word '.repeat(400)}| end`,
];

const rounds = 4;

/**
 * Puts hostile values into every string of the context and parses what it renders to: the structure must be that of harmless words,
 * and the text must be the values. Equal strings get equal values, so that parts that refer to each other still do.
 */
export async function hostileValues({ template, context }: RenderedExample): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  const all = freeStrings(context);
  const word = new Map(all.map((value, index) => [value, `zq${index.toString(36).padStart(4, 'y')}w`]));
  // A name that a question's id is made from is written otherwise there.
  const asked = render(
    template,
    replaceFreeStrings(context, (value) => word.get(value) ?? value),
  ).questions.map(({ id }) => id);
  const strings = all.filter((value) => !asked.some((id) => id.includes(word.get(value) ?? '')));
  for (let round = 0; round < rounds; round++) {
    // Round 0 changes every string; each of the others leaves some, which lets parts be printed that hang on a known value.
    const changed = new Map(
      strings.flatMap((value, index) => (round > 0 && index % rounds === round ? [] : [[value, hostileFor(value, index * 7 + round * 13)]])),
    );
    const harmless = documents(template, context, (value) => (changed.has(value) ? (word.get(value) ?? value) : value));
    const shown = documents(template, context, (value) => changed.get(value) ?? value);
    if (typeof harmless === 'string' || typeof shown === 'string') {
      issues.push({
        code: 'hostile-value',
        message: typeof shown === 'string' ? shown : String(harmless),
        hint: 'A section must take any text in any string.',
      });
      continue;
    }
    const back = new Map([...changed].map(([value, replaced]) => [word.get(value) ?? '', replaced]));
    for (const [index, { path, text }] of shown.entries()) {
      const expected = outlineOf(harmless[index]?.text ?? '').map(({ structure, text: words }) => ({
        structure,
        text: words.replace(/zqy*[0-9a-z]{1,4}w/gi, (found) => back.get(found.toLowerCase()) ?? found),
      }));
      issues.push(...firstDifference(path, expected, outlineOf(text), round));
      for (const block of fencedBlocks(text)) {
        const fault = block.language === 'mermaid' ? await mermaidFault(block.text) : undefined;
        if (fault !== undefined)
          issues.push({ code: 'hostile-value', message: `hostile values break a mermaid block: ${fault}`, file: path, line: block.line });
      }
    }
  }
  return issues;
}

// Of a path templates may print the last part alone, so that a value in its place must be one part, too.
function hostileFor(value: string, number: number): string {
  const fitting = value.includes('/') ? hostile.filter((one) => !one.includes('/')) : hostile;
  return fitting[number % fitting.length] ?? '';
}

function documents(
  template: CompiledTemplate,
  context: Context,
  replace: (value: string) => string,
): readonly { readonly path: string; readonly text: string }[] | string {
  try {
    return render(template, replaceFreeStrings(context, replace)).files.filter((file) => file.path.endsWith('.md'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function firstDifference(file: string, expected: readonly OutlineLine[], found: readonly OutlineLine[], round: number): readonly Issue[] {
  for (let index = 0; index < Math.max(expected.length, found.length); index++) {
    const [want, have] = [expected[index], found[index]];
    if (want?.structure !== have?.structure)
      return [
        difference(
          file,
          round,
          'structure',
          `${want?.structure ?? 'the end'} "${short(want?.text)}"`,
          `${have?.structure ?? 'the end'} "${short(have?.text)}"`,
        ),
      ];
    const [wanted, shown] = [plain(want), plain(have)];
    if (wanted !== shown) {
      const at = Math.max(0, [...wanted].findIndex((character, position) => character !== [...shown][position]) - 20);
      return [difference(file, round, 'text', `"${short(wanted.slice(at))}"`, `"${short(shown.slice(at))}" (${have?.structure})`)];
    }
  }
  return [];
}

function difference(file: string, round: number, what: string, expected: string, found: string): Issue {
  return {
    code: 'hostile-value',
    message: `hostile values change the ${what} (round ${round}): expected ${expected}, found ${found}`,
    file,
    hint: 'Print values with <%= %>, or with the function of the place where they land.',
  };
}

// White space is folded: a heading keeps a value on one line, a cell breaks it with <br>. Case is, too: a template may set a word in capitals. Names in SQL are quoted where they have to be.
function plain({ structure, text }: OutlineLine = { structure: '', text: '' }): string {
  return decoded(structure, text.replace(/\0/g, '\ufffd').replace(/[ \t\r\n]+/g, ' '))
    .replace(/ +/g, ' ')
    .replace(/ ?` ?/g, '`')
    .trim()
    .toLowerCase();
}

// What the writing of a place adds: mermaid's and HTML's references; in SQL the marks of comments, the quotes of names and the ends of statements.
function decoded(structure: string, text: string): string {
  if (structure.endsWith('code:mermaid')) return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('<br/>', ' ');
  if (structure.endsWith('html')) return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  return structure.endsWith('code:sql') ? text.replace(/["`]/g, '').replace(/-{2,}|;/g, ' ') : text;
}

function short(text = ''): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
