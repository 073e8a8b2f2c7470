import { describe, expect, it } from 'vitest';
import { everything, guestContext, inOwnFolder, read, run, write } from './fixtures/run.js';

inOwnFolder();

describe.each(['validate', 'render'])('planwright %s', (command) => {
  const faults = async (context: string, file = 'plan.yaml') => {
    write({ [file]: context });
    const before = everything();
    const { code, out, err } = await run([command, file]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(everything()).toEqual(before);
    return err;
  };

  it('places an unknown key and names the nearest', async () => {
    const err = await faults(guestContext.replace('version:', 'versoin:'));
    expect(err).toContain("error plan.yaml:3:33: found unknown key 'versoin' in /target: did you mean 'version'? (unknown-key)");
    expect(err).toContain('     3 | target: { database: postgresql, versoin: "16" }\n                                         ^\n');
  });

  it('places a wrong value of a list of values', async () => {
    expect(await faults(guestContext.replace('postgresql', 'postgers'))).toMatch(/error plan\.yaml:3:21: found 'postgers' at \/target\/database.*'postgresql'/);
  });

  it('names the nearest kind of operation, and only that', async () => {
    const err = await faults(guestContext.replace('addColumn', 'addColum'));
    expect(err).toContain("error plan.yaml:10:21: found 'addColum'");
    expect(err).toContain("→ Write 'addColumn'.\n");
  });

  it('places mistakes of JSON, too', async () => {
    const json = '{\n  "title": "Guest email",\n  "target": { "database": "postgresql" },\n  "chnage": {}\n}\n';
    expect(await faults(json, 'plan.json')).toContain("error plan.json:4:3: found unknown key 'chnage' in the file: did you mean 'change'?");
    expect(await faults('{ "title": "Guest email", }', 'plan.json')).toMatch(/error plan\.json:1:\d+: /);
  });

  it('finds an id that is there twice, and tasks that wait for each other', async () => {
    const task = (id: string, after: string) => `  - { id: ${id}, kind: migration, title: Task ${id}, dependsOn: [${after}] }\n`;
    expect(await faults(`${guestContext}tasks:\n${task('T001', '')}${task('T001', '')}`)).toMatch(/error plan\.yaml:1[345]:\d+: .*'T001'.*\(duplicate-id\)/);
    expect(await faults(`${guestContext}tasks:\n${task('T001', 'T002')}${task('T002', 'T001')}`)).toMatch(/error plan\.yaml:1[345]:\d+: .*T001.*\(.*cyc.*\)/);
  });

  it('refuses a secret and shows it redacted', async () => {
    const err = await faults(`${guestContext}summary: mysql://root:hunter2@db/shop\n`);
    expect(err).toContain('mysql://root:***@db/shop');
    expect(err).not.toContain('hunter2');
  });

  it('says where YAML ends to be YAML', async () => {
    expect(await faults('title: "Guest email\nslug: x\n')).toMatch(/error plan\.yaml:\d+:\d+: /);
  });
});

describe('a valid context', () => {
  it('is said to be valid, and JSON says it for programs', async () => {
    write({ 'plan.yaml': guestContext });
    expect(await run(['validate', 'plan.yaml'])).toEqual({ code: 0, out: '', err: 'valid plan.yaml\n' });
    const { code, out } = await run(['validate', 'plan.yaml', '--format', 'json']);
    expect({ code, ...JSON.parse(out) }).toEqual({ code: 0, valid: true, issues: [] });
  });

  it('of operations alone fills up with SQL, ways back and tasks', async () => {
    const createTable = `            - type: createTable
              table: { name: stays, columns: [{ name: id, type: bigint }], constraints: [{ type: primaryKey, columns: [id] }] }
`;
    write({ 'plan.yaml': guestContext + createTable });
    const { code, out } = await run(['render', 'plan.yaml', '--template', 'all', '--out', 'docs']);
    expect(code).toBe(0);
    expect(out.split('\n')).toContain('docs/tracker/migration-plan.md');
    expect(read('docs/dba-review/migration-plan.md')).toMatch(/ALTER TABLE "?guests"? ADD COLUMN "?email"? text/);
    const { context } = JSON.parse((await run(['render', 'plan.yaml', '--check', '--format', 'json'])).out);
    expect(context.sequence.migrations[0].statements.map(({ down }: { readonly down: string }) => down)).toEqual([
      'ALTER TABLE guests DROP COLUMN email',
      'DROP TABLE stays',
    ]);
    expect(context.tasks.length).toBeGreaterThan(0);
  });
});
