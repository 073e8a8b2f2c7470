import { validateAnalysis } from '@planwright/spec/validate';
import { describe, expect, it } from 'vitest';
import { inOwnFolder, run, shop, write } from './fixtures/run.js';

inOwnFolder();

const before = 'CREATE TABLE bookings (\n  id bigint PRIMARY KEY,\n  guest_id bigint\n);\n';
const dangerous = 'ALTER TABLE bookings ALTER COLUMN guest_id SET NOT NULL;\n';
const harmless = 'ALTER TABLE bookings ADD COLUMN note text;\n';

const project = {
  'package.json': '{ "name": "hotel", "dependencies": { "pg": "^8.0.0" } }\n',
  'migrations/001_bookings.sql': before,
  'migrations/002_note.sql': harmless,
  'migrations/003_guest.sql': `\n${dangerous}`,
};

describe('for people', () => {
  it('shows the statement with a caret, the three verdicts, what to do and where to read on, and ends with 1', async () => {
    write({ 'before.sql': before, 'change.sql': dangerous });
    const { code, out } = await run(['analyze', '--before', 'before.sql', 'change.sql']);
    expect(code).toBe(1);
    expect(out).toContain('change.sql:1:1\n     1 | ALTER TABLE bookings ALTER COLUMN guest_id SET NOT NULL;\n         ^\n');
    expect(out).toContain('lock  ACCESS EXCLUSIVE on bookings, for a scan; reads all of bookings (predicted)');
    expect(out).toContain('data  can fail on rows that exist');
    expect(out).toContain('lock danger set-not-null-scans');
    expect(out).toContain('https://planwright.dev/rules/postgresql/set-not-null-scans');
    expect(out).toMatch(/\d dangers? \(.*1 lock.*\) in 1 statement of 1 migration, for PostgreSQL 16 \(assumed\)/);
  });

  it('says little of what is harmless, and all of it when asked', async () => {
    write({ 'before.sql': before, 'change.sql': harmless });
    const short = await run(['analyze', '--before', 'before.sql', 'change.sql']);
    expect(short).toMatchObject({ code: 0, out: 'no danger in 1 statement of 1 migration, for PostgreSQL 16 (assumed)\n' });
    const long = await run(['analyze', '--all', '--before', 'before.sql', 'change.sql', '--target-version', '15']);
    expect(long.out).toContain('lock  ACCESS EXCLUSIVE on bookings, brief (predicted)');
    expect(long.out).toContain('for PostgreSQL 15\n');
  });

  it('has the history before a migration of a project, and judges each migration of a folder by itself', async () => {
    write(project);
    const one = await run(['analyze', 'migrations/003_guest.sql']);
    expect(one.out).toContain('migrations/003_guest.sql:2:1');
    expect(one.out).toContain('in 1 statement of 1 migration');
    const all = await run(['analyze', '.']);
    expect(all.code).toBe(1);
    expect(all.out).toContain('in 3 statements of 3 migrations');
  });

  it('takes a table that the same change makes for empty', async () => {
    write(project);
    const together = await run(['analyze', '--migration', '001_bookings', '003_guest']);
    expect(together.out).not.toContain('set-not-null-scans');
  });
});

describe('--fail-on', () => {
  it('leaves out dangers that do not count, and refuses words that are none', async () => {
    write({ 'before.sql': before, 'change.sql': dangerous });
    expect((await run(['analyze', '--before', 'before.sql', 'change.sql', '--fail-on', 'none'])).code).toBe(0);
    expect((await run(['analyze', '--before', 'before.sql', 'change.sql', '--fail-on', 'lock'])).code).toBe(1);
    const wrong = await run(['analyze', '--before', 'before.sql', 'change.sql', '--fail-on', 'locks']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Expected a list of lock, data and code');
  });
});

describe('for programs', () => {
  it('prints JSON that is valid by its schema, with every statement', async () => {
    const { code, out } = await run(['analyze', shop, '--format', 'json']);
    expect(code).toBe(1);
    const report: unknown = JSON.parse(out);
    expect(validateAnalysis(report).issues).toEqual([]);
    const { value } = validateAnalysis(report);
    expect(value?.statements.length).toBeGreaterThan(5);
    expect(value?.target).toMatchObject({ database: 'postgresql', framework: 'prisma', versionBasis: 'default' });
    const rename = value?.statements.find(({ sql }) => /rename/i.test(sql));
    expect(rename).toMatchObject({ code: { breaksOldCode: true }, basis: { lock: 'predicted', data: 'predicted', code: 'predicted' }, evidence: 'predicted' });
    expect(rename?.locks).toEqual([{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }]);
  });

  it('says which verdicts are not known', async () => {
    write({ 'change.sql': 'SELECT nothing FROM;\n' });
    const { code, out, err } = await run(['analyze', '--no-transaction', 'change.sql', '--format', 'json']);
    expect(code).toBe(2);
    expect(err).toContain('change.sql:1:');
    const { value } = validateAnalysis(JSON.parse(out));
    expect(value?.statements[0]).toMatchObject({ unknown: ['lock', 'data', 'code'], evidence: 'assumed' });
  });

  it('prints SARIF with the rules that found something, their places and a fingerprint that does not move with the line', async () => {
    write({ 'before.sql': before, 'change.sql': dangerous, 'later.sql': `\n\n${dangerous}` });
    const sarif = async (file: string) => JSON.parse((await run(['analyze', '--before', 'before.sql', file, '--format', 'sarif'])).out);
    const [one, other] = [await sarif('change.sql'), await sarif('later.sql')];
    expect(one.version).toBe('2.1.0');
    const rules: readonly { readonly id: string }[] = one.runs[0].tool.driver.rules;
    const at = rules.findIndex(({ id }) => id === 'set-not-null-scans');
    expect(at).toBeGreaterThanOrEqual(0);
    const resultOf = (log: typeof one) => log.runs[0].results.find(({ ruleId }: { readonly ruleId: string }) => ruleId === 'set-not-null-scans');
    expect(resultOf(one)).toMatchObject({
      ruleIndex: at,
      level: 'error',
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'change.sql' }, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: dangerous.length - 1 } },
        },
      ],
    });
    expect(resultOf(other).locations[0].physicalLocation.region.startLine).toBe(3);
    expect(resultOf(other).partialFingerprints).toEqual(resultOf(one).partialFingerprints);
  });

  it('prints annotations for a pull request, one line each, with nothing that ends a line or a property early', async () => {
    write(project);
    const { out, err } = await run(['analyze', 'migrations/003_guest.sql', '--format', 'github']);
    expect(err).toBe('');
    for (const line of out.trimEnd().split('\n'))
      expect(line).toMatch(/^::error file=migrations\/003_guest\.sql,line=2,col=1,title=[a-z-]+ \((?:lock|data|code)\)::\S/);
    expect(out).toContain('%0A');
  });
});

describe('explain', () => {
  it('prints the page of a hazard', async () => {
    const { code, out } = await run(['explain', 'set-not-null-scans']);
    expect(code).toBe(0);
    expect(out).toMatch(/^set-not-null-scans\n\nSET NOT NULL reads the whole table under ACCESS EXCLUSIVE\.\n/);
    expect(out).toContain('ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;');
  });

  it('finds the hazard that was meant', async () => {
    const { code, err } = await run(['explain', 'set-not-null-scan']);
    expect(code).toBe(2);
    expect(err).toContain("did you mean 'set-not-null-scans'?");
  });
});
