import { existsSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { everything, guesthouse, inOwnFolder, read, run, write } from './fixtures/run.js';

inOwnFolder();
beforeEach(() => write(guesthouse));

const file = 'docs/migration-plan.md';
const plan = (...more: string[]) => run(['plan', '--out', 'docs', ...more]);
const change = (path: string, from: string | RegExp, to: string) => {
  const before = read(path);
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  write({ [path]: after });
};

describe('the same input twice', () => {
  it('leaves every file untouched, and says so', async () => {
    expect((await plan()).err).toMatch(/written +docs: migration-plan\.md, migration-plan\.json/);
    const before = everything('docs');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { code, err } = await plan();
    expect(code).toBe(0);
    expect(err).toMatch(/unchanged +docs: migration-plan\.md, migration-plan\.json/);
    expect(everything('docs')).toEqual(before);
  });

  it('at another time that is given is another document', async () => {
    await plan('--now', '2026-11-20T10:30:00Z');
    expect(read(file)).toContain('2026-11-20');
    await plan('--now', '2026-11-21T10:30:00Z');
    expect(read(file)).toContain('2026-11-21');
  });
});

describe('--check', () => {
  it('writes nothing and says 1 when documents would change, 0 when not', async () => {
    const first = await plan('--check');
    expect(first.code).toBe(1);
    expect(first.err).toMatch(/would write +docs: migration-plan\.md/);
    expect(existsSync('docs')).toBe(false);
    await plan();
    expect((await plan('--check')).code).toBe(0);
    change('migrations/002_guest_email.sql', 'email', 'mail');
    const before = everything();
    expect((await plan('--check')).code).toBe(1);
    expect(everything()).toEqual(before);
  });

  it('says 2 when it cannot tell', async () => {
    await plan();
    change(file, '## Overview', '## Our overview');
    expect((await plan('--check')).code).toBe(2);
  });
});

describe('what readers change', () => {
  it('survives a new plan: ticks, status cells and notes', async () => {
    await run(['plan', '--template', 'all', '--out', 'docs']);
    change('docs/tracker/migration-plan.md', '- [ ] ', '- [x] ');
    change('docs/tracker/migration-plan.md', '⏳ Pending |', '🚧 In Progress |');
    change('docs/session-log/MIGRATION-PLAN.md', 'No entry yet.', '### 2026-11-20 10:30\n\nThe executor begins.');
    change('migrations/002_guest_email.sql', 'email text', 'email varchar(200)');
    const { code, err } = await run(['plan', '--template', 'all', '--out', 'docs']);
    expect({ code, lost: /-lost/.exec(err)?.[0] }).toEqual({ code: 0, lost: undefined });
    const tracker = read('docs/tracker/migration-plan.md');
    expect(tracker).toMatch(/varchar\(200\)|character varying\(200\)/);
    expect(tracker.match(/- \[x\] /g)).toHaveLength(1);
    expect(tracker).toContain('🚧 In Progress |');
    expect(read('docs/session-log/MIGRATION-PLAN.md')).toContain('The executor begins.');
  });

  it('is reported when its place is gone, with what it was', async () => {
    const both = ['--template', 'tracker', '--migration', '001_guests', '002_guest_email'];
    expect((await plan(...both)).code).toBe(0);
    change(file, '- [ ] `002_guest_email.sql`', '- [x] `002_guest_email.sql`');
    const { code, err } = await plan(...both.slice(0, 4));
    expect(code).toBe(0);
    const lost = err.split('\n').filter((line) => line.includes('(tick-lost)'));
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatch(/^warning docs\/migration-plan\.md: found the ticked box '.*002_guest_email/);
  });
});

describe('a document that was edited outside of its slots', () => {
  beforeEach(async () => {
    await plan('--template', 'tracker');
    change(file, '- [ ] ', '- [x] ');
    change(file, '## Summary', '## What it is about');
  });

  it('is refused with the line, and stays as it is', async () => {
    const before = everything();
    const { code, out, err } = await plan('--template', 'tracker');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const line = read(file).split('\n').indexOf('## What it is about') + 1;
    expect(err).toContain(`error docs/migration-plan.md:${line}`);
    expect(err).toContain(`${String(line).padStart(6)} | ## What it is about\n`);
    expect(err).toContain('With --force it is replaced, and a backup kept.');
    expect(everything()).toEqual(before);
  });

  it('is replaced with --force: a backup is kept and named, and ticks stay', async () => {
    const edited = read(file);
    const { code, err } = await plan('--template', 'tracker', '--force');
    expect(code).toBe(0);
    expect(err).toMatch(/backup +docs\/migration-plan\.md\.bak/);
    expect(read('docs/migration-plan.md.bak')).toBe(edited);
    expect(read(file)).toContain('## Summary');
    expect(read(file).match(/- \[x\] /g)).toHaveLength(1);
  });

  it('never replaces an earlier backup', async () => {
    await plan('--template', 'tracker', '--force');
    const first = read('docs/migration-plan.md.bak');
    change(file, '## Summary', '## Why');
    expect((await plan('--template', 'tracker', '--force')).err).toMatch(/backup +docs\/migration-plan\.md\.bak2/);
    expect(read('docs/migration-plan.md.bak')).toBe(first);
    expect(read('docs/migration-plan.md.bak2')).toContain('## Why');
  });
});

describe('a document that stands in the way', () => {
  it('because another template wrote it is refused', async () => {
    await plan('--template', 'tracker');
    const before = everything();
    const { code, err } = await plan('--template', 'spec-flow');
    expect(code).toBe(2);
    expect(err).toContain('error docs/migration-plan.md: is there already and was not written from the template spec-flow (foreign-document)');
    expect(everything()).toEqual(before);
  });

  it('because a person wrote it is refused; --force keeps it as a backup', async () => {
    write({ [file]: '# Our own plan\n' });
    expect((await plan()).code).toBe(2);
    expect(read(file)).toBe('# Our own plan\n');
    const { code, err } = await plan('--force');
    expect(code).toBe(0);
    expect(err).toMatch(/backup +docs\/migration-plan\.md\.bak/);
    expect(read('docs/migration-plan.md.bak')).toBe('# Our own plan\n');
  });

  it('because its companion is lost is not overwritten', async () => {
    await plan();
    rmSync('docs/migration-plan.json');
    expect((await plan()).code).toBe(2);
  });
});
