import { describe, expect, it } from 'vitest';
import { everything, guestContext, guesthouse, inOwnFolder, read, write } from './fixtures/run.js';
import { chooseTemplates, folderFor, InvalidInput, planProject, readExistingDocuments, writeContextPlan, writePlan, writeProjectPlan } from './index.js';

inOwnFolder();

describe('the library', () => {
  it('plans a folder and writes nothing', async () => {
    write(guesthouse);
    const before = everything();
    const plan = await planProject('.', { templates: ['tracker'], now: new Date('2026-11-20T10:30:00Z') });
    expect(plan.context.title).toBe('Guest email');
    expect(plan.documents.map(({ path }) => path)).toEqual(['migration-plan.md']);
    expect(plan.documents[0]?.text).toContain('# Migration Plan: Guest email');
    expect(everything()).toEqual(before);
  });

  it('writes what the command line writes, and keeps what readers wrote', async () => {
    write(guesthouse);
    const { output } = await writeProjectPlan('.', { templates: ['tracker'], out: 'docs' });
    expect(output.files).toEqual([
      { path: 'docs/migration-plan.md', state: 'written' },
      { path: 'docs/migration-plan.json', state: 'written' },
    ]);
    write({ 'docs/migration-plan.md': read('docs/migration-plan.md').replace('- [ ] ', '- [x] ') });
    await writeProjectPlan('.', { templates: ['tracker'], out: 'docs', migrations: ['001_guests', '002_guest_email'] });
    expect(read('docs/migration-plan.md')).toContain('- [x] ');
  });

  it('writes a plan in steps, for who has a say in between', async () => {
    write(guesthouse);
    const templates = await chooseTemplates(['tracker', 'dba-review']);
    const folderOf = folderFor('docs', templates.length > 1);
    const existing = await readExistingDocuments(templates, folderOf);
    const plan = await planProject('.', {
      templates: ['tracker', 'dba-review'],
      state: Object.fromEntries([...existing].map(([name, { state }]) => [name, state])),
    });
    await writePlan(plan, { folderOf, existing, force: false, dry: false });
    expect(read('docs/dba-review/migration-plan.md')).toContain('guests');
  });

  it('plans from a context, and throws issues as data', async () => {
    write({ 'plan.yaml': guestContext, 'broken.yaml': guestContext.replace('version', 'versoin') });
    expect((await writeContextPlan('plan.yaml', { out: 'docs' })).output.files).toHaveLength(2);
    const failed = await writeContextPlan('broken.yaml', { out: 'docs' }).catch((cause: unknown) => cause);
    expect(failed).toBeInstanceOf(InvalidInput);
    expect((failed as InvalidInput).issues).toMatchObject([{ code: 'unknown-key', file: 'broken.yaml', line: 3, column: 33 }]);
  });
});
