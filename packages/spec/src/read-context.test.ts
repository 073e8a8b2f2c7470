import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswers, readConfig, readContext } from './read-context.js';

const complete = readFileSync(new URL('../fixtures/invoices.yaml', import.meta.url), 'utf8');
const small = "target: { database: postgresql }\nchange:\n  migrations:\n    - id: '0007'\n      statements: []\n";
const issuesOf = (text: string, file = 'plan.yaml') => readContext(text, file).issues;
/** As the command line prints them. */
const printed = (text: string, file?: string) =>
  issuesOf(text, file).map(({ file, line, column, message, code, hint }) => `${file}:${line}:${column} ${message} (${code}) → ${hint}`);

it('reads a complete context', () => {
  const { context, issues } = readContext(complete, 'invoices.yaml');
  expect(issues).toEqual([]);
  expect(context?.sequence?.migrations.map(({ id }) => id)).toEqual(['001', '002', '003']);
});

it('reads the same from JSON', () => {
  const { context } = readContext(complete, 'invoices.yaml');
  expect(readContext(JSON.stringify(context, null, '\t'), 'invoices.json')).toMatchObject({ context, issues: [] });
});

it('takes the context out of what `plan --format json` prints, and finds places in the whole of it', () => {
  const { context } = readContext(complete, 'invoices.yaml');
  const output = (one: unknown) => JSON.stringify({ context: one, questions: [], issues: [], files: [] }, null, 2);
  expect(readContext(output(context), 'plan.json')).toMatchObject({ context, issues: [] });
  const [issue] = issuesOf(output({ ...context, titel: 'Invoices' }), 'plan.json');
  expect(issue).toMatchObject({
    code: 'unknown-key',
    line:
      output({ ...context, titel: 'Invoices' })
        .split('\n')
        .findIndex((line) => line.includes('titel')) + 1,
  });
});

it('says of the JSON beside a document that it is no context, in one sentence', () => {
  const companion = JSON.stringify({ $schema: 'https://planwright.dev/schema/companion.schema.json', template: 'tracker', tasks: [] });
  expect(issuesOf(companion, 'migration-plan.json').map(({ code }) => code)).toEqual(['not-a-context']);
});

it('passes over a byte order mark and takes CRLF', () => {
  expect(readContext(`\uFEFF${small.replaceAll('\n', '\r\n')}`, 'plan.yaml').context?.target.database).toBe('postgresql');
  expect(readContext('\uFEFF{"target":{"database":"sqlite"},"change":{"migrations":[{"id":"1","statements":[]}]}}', 'plan.json').context?.target.database).toBe(
    'sqlite',
  );
});

describe('what is wrong with a context', () => {
  it('is an unknown key, with the nearest key of that object', () => {
    expect(printed(`${small}classification:\n  rsik: high\n`)).toEqual([
      "plan.yaml:7:3 found unknown key 'rsik' in /classification: did you mean 'risk'? (unknown-key) → Rename it to 'risk'.",
    ]);
  });

  it('is an unknown key that is near to none, with the keys there are', () => {
    const [issue] = issuesOf(`${small}delegation: { whoever: ana }\n`);
    expect(issue).toMatchObject({ code: 'unknown-key', pointer: '/delegation/whoever', line: 6, column: 15 });
    expect(issue?.message).toContain("expected 'assignee', 'context', 'deliverables' or 'backend'");
  });

  it('is a wrong value, with the nearest one', () => {
    expect(printed(`${small}classification: { risk: hgih }\n`)).toEqual([
      "plan.yaml:6:25 found 'hgih' at /classification/risk: expected 'low', 'medium' or 'high'; did you mean 'high'? (wrong-value) → Write 'high'.",
    ]);
  });

  it('is a missing key, with what belongs there', () => {
    expect(printed(`${small}environments:\n  - production: true\n`)).toEqual([
      "plan.yaml:7:5 found no 'name' in /environments/0: it is required (Name) (missing-key) → Add 'name', for example 'staging'.",
    ]);
  });

  it('is a misspelt required key: one problem, not two', () => {
    expect(printed('tagret: { database: mysql }\nchange: { migrations: [{ id: a, statements: [] }] }\n')).toEqual([
      "plan.yaml:1:1 found unknown key 'tagret' in the file: did you mean 'target'? (unknown-key) → Rename it to 'target'.",
    ]);
  });

  it('is an unknown kind of operation, with the known ones and no other noise', () => {
    const issues = issuesOf(small.replace('[]', '[{ operations: [{ type: addColum, table: orders }] }]'));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'unknown-type', pointer: '/change/migrations/0/statements/0/operations/0/type' });
    expect(issues[0]?.message).toContain("did you mean 'addColumn'?");
    expect(issues[0]?.hint).toBe("Write 'addColumn'.");
  });

  it('is an operation that does not say its kind', () => {
    const issues = issuesOf(small.replace('[]', '[{ operations: [{ table: orders }] }]'));
    expect(issues.map(({ code, pointer }) => [code, pointer])).toEqual([['missing-key', '/change/migrations/0/statements/0/operations/0/type']]);
  });

  it('is a mistake inside an operation, said of that kind only', () => {
    const issues = issuesOf(small.replace('[]', '[{ operations: [{ type: dropColumn, table: orders, colum: total }] }]'));
    expect(issues.map(({ message }) => message)).toEqual([
      "found unknown key 'colum' in /change/migrations/0/statements/0/operations/0: did you mean 'column'?",
    ]);
  });

  it('is a number where a text was meant: the hint quotes it as it was written', () => {
    expect(printed(small.replace("'0007'", '0007'))).toEqual([
      "plan.yaml:4:11 found the number 0007 at /change/migrations/0/id: expected a text (wrong-type) → Put it in quotes: '0007'.",
    ]);
  });

  it('is an empty value', () => {
    expect(printed(`${small}title:\n`)[0]).toMatch(/^plan\.yaml:6:\d+ found nothing \(null\) at \/title: expected a text/);
  });

  it('is a wrong form, with an example', () => {
    expect(printed(`${small}slug: Multi Currency\n`)[0]).toContain("Write it like 'multi-currency-orders'");
  });

  it('is as the README shows it', () => {
    expect(printed('target: { databse: postgresql }\nchange: { migrations: [] }\n').map((line) => line.replace(/ \([a-z-]+\) →/, ' →'))).toEqual([
      "plan.yaml:1:11 found unknown key 'databse' in /target: did you mean 'database'? → Rename it to 'database'.",
      'plan.yaml:2:23 found a list of 0 at /change/migrations: expected at least 1 item → Correct the value (Migrations in the order in which the framework applies them).',
    ]);
  });

  it.each([
    ["title: ''", 'found an empty text at /title: expected a text that is not empty'],
    ['project: { largeTableRows: 0 }', 'found the number 0 at /project/largeTableRows: expected 1 or more'],
    ['classification: { kinds: [data, data] }', 'found a list of 2 at /classification/kinds: expected each item once'],
  ])('is a wrong size: %s', (line, message) => {
    expect(issuesOf(`${small}${line}\n`).map((issue) => issue.message)).toEqual([message]);
  });

  it('is several problems, in the order of the file', () => {
    const issues = issuesOf(`titel: A\n${small}classification: { risk: hihg }\nslugg: b\n`);
    expect(issues.map(({ line }) => line)).toEqual([1, 7, 8]);
  });

  it('has its place in JSON, too', () => {
    const text = JSON.stringify({ target: { database: 'postgresql' }, change: { migrations: [{ id: '1', statements: [], files: 'a.sql' }] } }, null, 2);
    expect(printed(text, 'plan.json')).toEqual([
      "plan.json:10:9 found unknown key 'files' in /change/migrations/0: did you mean 'file'? (unknown-key) → Rename it to 'file'.",
    ]);
  });

  it('is placed through merge keys and aliases', () => {
    const text = `${small}environments:\n  - &base { name: staging, prodution: true }\n  - *base\n`;
    expect(issuesOf(text).map(({ line, pointer }) => [line, pointer])).toEqual([
      [7, '/environments/0/prodution'],
      [7, '/environments/1/prodution'],
    ]);
  });

  it('never shows a secret that it was found beside', () => {
    const text = `${small}classification: { risk: 'postgres://shop:hunter2@db/shop' }\n`;
    const issues = issuesOf(text);
    expect(issues.map(({ code }) => code).sort()).toEqual(['secret', 'wrong-value']);
    expect(JSON.stringify(issues)).not.toContain('hunter2');
    expect(issues[0]).toMatchObject({ line: 6, column: 25, pointer: '/classification/risk' });
    expect(issues[0]?.message).toContain('postgres://shop:***@db/shop');
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', 'yaml-syntax', 2],
    ['an unclosed list', 'a: [1, 2\nb: 3\n', 'yaml-syntax', 2],
    ['two documents', 'a: 1\n---\nb: 2\n', 'yaml-syntax', 2],
    ['a tag of its own', 'a: !js/function "x"\n', 'yaml-tag', 1],
    ['a standard tag that makes no plain value', 'a: !!set { b, c }\n', 'yaml-tag', 1],
    ['a key twice', 'a: 1\na: 2\n', 'duplicate-key', 2],
    ['an alias of nothing', 'a: *b\n', 'yaml-alias', 1],
  ])('%s is one issue with its line', (_, text, code, line) => {
    expect(issuesOf(text).map((issue) => [issue.code, issue.line])).toEqual([[code, line]]);
  });

  it('is refused before its aliases fill the memory', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcde'[index]}`).join(', ')}]`).join('\n')}\n`;
    expect(issuesOf(bomb)[0]?.code).toBe('yaml-alias');
  });

  it.each([
    ['{ "a": 1, }', 1, 11, "found '}': expected a key in double quotes"],
    ['{\n  "a": tru\n}', 2, 8, "found 'tru': expected a value"],
    ['{ "a": [1 2] }', 1, 11, "found '2': expected ',' or ']'"],
    ['{ "a": 1', 1, 9, "found the end of the file: expected ',' or '}'"],
    ["{ 'a': 1 }", 1, 3, "found ''': expected a key in double quotes or '}'"],
    ['', 1, 1, 'found the end of the file: expected a value'],
    ['{ "a": 1,\n  "a": 2 }', 2, 3, "found key 'a' for the second time: expected each key once"],
    ['{} {}', 1, 4, "found '{': expected the end of the file"],
  ])('JSON %j has its fault placed', (text, line, column, message) => {
    expect(issuesOf(text, 'plan.json')).toMatchObject([{ line, column, message }]);
  });
});

describe('answers', () => {
  it('are a part of a context: nothing is required', () => {
    expect(readAnswers("title: Currencies\ntarget: { version: '16' }\n", 'answers.yaml')).toMatchObject({ value: { title: 'Currencies' }, issues: [] });
  });

  it('may be none', () => {
    expect(readAnswers('# nothing yet\n', 'answers.yaml')).toMatchObject({ value: {}, issues: [] });
  });

  it('may give a part of an item that names its id', () => {
    expect(readAnswers("sequence:\n  migrations:\n    - { id: '003', purpose: Frees the column. }\n").issues).toEqual([]);
  });

  it('still need what tells an item from others', () => {
    expect(readAnswers('risks:\n  - { level: high }\n', 'answers.yaml').issues).toMatchObject([{ code: 'missing-key', pointer: '/risks/0/text', line: 2 }]);
  });

  it('are checked like a context otherwise', () => {
    expect(readAnswers('delegation: { asignee: ana }\n', 'answers.yaml').issues).toMatchObject([{ code: 'unknown-key', hint: "Rename it to 'assignee'." }]);
  });
});

describe('the configuration', () => {
  it('says where things are and what holds for every plan', () => {
    const text =
      "migrations: db/migrations\nout: docs/plans\ntemplates: [spec-flow]\ntarget: { version: '15' }\naccept: [{ rule: set-not-null-scans, reason: small tables }]\nanswers: { delegation: { assignee: dba } }\n";
    expect(readConfig(text, 'planwright.config.yaml')).toMatchObject({
      issues: [],
      value: { out: 'docs/plans', answers: { delegation: { assignee: 'dba' } } },
    });
  });

  it('suggests the nearest key, also within the answers', () => {
    const issues = readConfig('migratons: db\nanswers: { titel: A }\n', 'planwright.config.yaml').issues;
    expect(issues.map(({ hint, line }) => [line, hint])).toEqual([
      [1, "Rename it to 'migrations'."],
      [2, "Rename it to 'title'."],
    ]);
  });
});

it('never throws, whatever the text and whatever it stands for', () => {
  const broken = fc
    .tuple(fc.nat(complete.length), fc.nat(40), fc.string({ maxLength: 6 }))
    .map(([at, length, text]) => complete.slice(0, at) + text + complete.slice(at + length));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), broken), fc.constantFrom('plan.yaml', 'plan.json', undefined), (text, file) => {
      for (const read of [readContext, readAnswers, readConfig]) {
        for (const issue of read(text, file).issues) {
          expect(issue.message).toMatch(/^found /);
          expect(issue.hint).toBeTruthy();
          expect(issue.line).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 300 },
  );
});
