import { appendFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { everything, guesthouse, inOwnFolder, read, run, write } from './fixtures/run.js';

inOwnFolder();
beforeEach(() => write(guesthouse));

const section = 'planwright/tracker/sections/summary.md.eta';

describe('a section of a template', () => {
  it('is copied into the project, changed there, and takes the place of the template’s', async () => {
    const copied = await run(['override', 'tracker', 'summary']);
    expect(copied).toMatchObject({ code: 0, out: `${section}\n` });
    write({ [section]: read(section).replace(/^## .*$/m, '## Why and how') });
    await run(['plan', '--template', 'tracker', '--out', 'docs']);
    expect(read('docs/migration-plan.md')).toContain('## Why and how');
  });

  it('that is there already is not copied over', async () => {
    await run(['override', 'tracker', 'summary']);
    const before = everything();
    expect(await run(['override', 'tracker', 'summary'])).toMatchObject({
      code: 2,
      err: expect.stringContaining(`error ${section}: the project has this section already`),
    });
    expect(everything()).toEqual(before);
  });

  it('is added to by .before and .after', async () => {
    write({
      'planwright/tracker/sections/summary.before.md.eta': 'Read this first.\n',
      'planwright/tracker/sections/summary.after.md.eta': 'Ask <%= it.title %>.\n',
    });
    await run(['plan', '--template', 'tracker', '--out', 'docs']);
    const document = read('docs/migration-plan.md');
    expect(document.indexOf('Read this first.')).toBeGreaterThan(0);
    expect(document.indexOf('Read this first.')).toBeLessThan(document.indexOf('## Summary'));
    expect(document.indexOf('Ask Guest email.')).toBeGreaterThan(document.indexOf('## Summary'));
  });

  it('tells which layer it comes from', async () => {
    expect((await run(['explain', 'tracker/summary'])).out).toMatch(/from the package @planwright\/template-tracker \d+\.\d+\.\d+/);
    await run(['override', 'tracker', 'summary']);
    write({ 'planwright/tracker/sections/summary.after.md.eta': 'More.\n' });
    const { out } = await run(['explain', 'tracker/summary']);
    expect(out).toContain(`replaced by ${section}`);
    expect(out).toContain('after it, from planwright/tracker/sections/summary.after.md.eta');
  });

  it('is listed with whether its base has changed since it was copied', async () => {
    await run(['override', 'tracker', 'summary']);
    write({ 'planwright/tracker/sections/summary.after.md.eta': 'More.\n', 'planwright/tracker/sections/gone.md.eta': 'Nowhere.\n' });
    expect((await run(['override', 'tracker'])).out).toBe('gone.md.eta  fits no section\nsummary.after.md.eta  your own\nsummary.md.eta  base unchanged\n');
    write({ [section]: read(section).replace(/[0-9a-f]{64}/, 'a'.repeat(64)) });
    expect((await run(['override', 'tracker'])).out).toContain('summary.md.eta  the base has changed since it was copied\n');
  });

  it('that is broken is shown with its file and line', async () => {
    write({ [section]: '## Summary\n\n<% if (it.title { %>\n' });
    const before = everything();
    const { code, out, err } = await run(['plan', '--template', 'tracker']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^error ${section}:[123](:\\d+)?: `));
    expect(everything()).toEqual(before);
  });

  it('that throws while it is rendered is an issue that names it', async () => {
    write({ [section]: '<%= it.nothing.at.all %>\n' });
    const { code, err } = await run(['plan', '--template', 'tracker']);
    expect(code).toBe(2);
    expect(err).toMatch(/error .*summary/);
  });

  it('that nobody knows gets its nearest name', async () => {
    expect(await run(['override', 'tracker', 'sumary'])).toMatchObject({
      code: 2,
      err: expect.stringContaining("the template tracker has no section 'sumary': did you mean 'summary'?"),
    });
  });
});

describe('a template of one’s own', () => {
  it('is begun, rendered, and changed', async () => {
    const begun = await run(['new', 'template', 'runbook']);
    expect(begun.code).toBe(0);
    expect(begun.err).toBe('Try it: planwright plan --template planwright/templates/runbook\n');
    const { code, out } = await run(['plan', '--template', 'planwright/templates/runbook', '--out', 'docs']);
    expect({ code, out }).toEqual({ code: 0, out: 'docs/runbook.md\ndocs/runbook.json\n' });
    appendFileSync('planwright/templates/runbook/document.md.eta', '\nOur own last line.\n');
    await run(['plan', '--template', 'planwright/templates/runbook', '--out', 'docs']);
    expect(read('docs/runbook.md')).toContain('Our own last line.');
  });

  it('is not begun over one that is there, nor under a name that is none', async () => {
    await run(['new', 'template', 'runbook']);
    expect(await run(['new', 'template', 'runbook'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('error planwright/templates/runbook: this folder is there already'),
    });
    expect(await run(['new', 'template', 'Run book'])).toMatchObject({ code: 2, err: expect.stringContaining("'Run book' is no name of a template") });
  });

  it('that is broken is shown with its file', async () => {
    write({ 'templates/runbook/document.md.eta': '---\nname: runbook\n---\n<% if ( %>\n' });
    const { code, err } = await run(['plan', '--template', 'templates/runbook']);
    expect(code).toBe(2);
    expect(err).toMatch(/error templates\/runbook\/document\.md\.eta/);
  });
});
