import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { carry } from '@planwright/document';
import type { Plan, PlanFile } from '@planwright/plan';
import type { Companion, Issue } from '@planwright/spec';
import type { ExistingDocument } from './existing-documents.js';
import { InvalidInput } from './invalid-input.js';
import { shownPath } from './shown-path.js';
import { type FileToWrite, type WrittenFile, writeFiles } from './write-files.js';

/** Where a template's files go: one template writes into the folder itself, several into a folder each. */
export function folderFor(out: string, several: boolean): (template: string) => string {
  return (template) => (several ? join(out, template) : out);
}

export interface Output {
  readonly files: readonly WrittenFile[];
  /** Copies of documents that were replaced although somebody had edited them. */
  readonly backups: readonly string[];
  /** Ticks, cells, notes and log entries whose place is gone. */
  readonly issues: readonly Issue[];
}

export interface OutputRules {
  readonly folderOf: (template: string) => string;
  readonly existing: ReadonlyMap<string, ExistingDocument>;
  readonly force: boolean;
  /** Write nothing, only tell what would be written. */
  readonly dry: boolean;
  /** Further files that are written with them. */
  readonly beside?: readonly FileToWrite[];
}

/** Writes a plan's files, all or none. Refused where a document has been edited outside of its slots, or is not this template's. */
export async function writePlan(plan: Plan, { folderOf, existing, force, dry, beside = [] }: OutputRules): Promise<Output> {
  const documents = [...plan.documents, ...plan.companions].map((file) => ({ path: join(folderOf(file.template), file.path), text: file.text }));
  const files: FileToWrite[] = [...documents, ...beside];
  const inTheWay = await documentsInTheWay(plan.documents, folderOf, existing);
  const edited = [...existing.values()].filter((document) => document.edited);
  const refused = [...edited.flatMap(({ issues }) => issues.filter(({ severity }) => severity !== 'warning')), ...inTheWay.map(({ issue }) => issue)];
  if (refused.length > 0 && !force) {
    throw new InvalidInput(
      refused.map((issue) => ({ ...issue, hint: `${issue.hint ? `${issue.hint} ` : ''}With --force it is replaced, and a backup kept.` })),
      new Map(edited.map(({ path, text }) => [path, text])),
    );
  }
  const copies = [...edited, ...inTheWay].map(({ path, text }) => ({ path, text }));
  const backups = dry ? [] : await Promise.all(copies.map(async ({ path, text }) => ({ path: await freeName(`${path}.bak`), text })));
  if (!dry) await writeFiles(backups);
  return {
    files: dry ? await Promise.all(files.map(compared)) : await writeFiles(files),
    backups: backups.map(({ path }) => path),
    issues: lostState(plan.companions, existing),
  };
}

// Ticks and notes of the document before whose place the new one lacks.
function lostState(companions: readonly PlanFile[], existing: ReadonlyMap<string, ExistingDocument>): Issue[] {
  return companions.flatMap(({ template, text }) => {
    const before = existing.get(template);
    if (!before) return [];
    // It was written by the renderer, by the companion's schema.
    const companion = JSON.parse(text) as Companion;
    return carry(before.state, companion.items ?? [], before.companion.items).issues.map((issue) => ({ ...issue, file: before.path }));
  });
}

async function documentsInTheWay(documents: readonly PlanFile[], folderOf: OutputRules['folderOf'], existing: OutputRules['existing']) {
  const found: { readonly path: string; readonly text: string; readonly issue: Issue }[] = [];
  for (const { template, path } of documents) {
    const full = join(folderOf(template), path);
    const known = existing.get(template);
    // Further outputs of a template have no companion of their own; they are its own when its document is there.
    if (known && (known.path === full || known.companion.file !== path)) continue;
    const text = await readFile(full, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const issue: Issue = {
      code: 'foreign-document',
      message: `is there already and was not written from the template ${template}`,
      file: shownPath(full),
      hint: 'Choose another folder with --out.',
    };
    found.push({ path: full, text, issue });
  }
  return found;
}

async function compared({ path, text }: FileToWrite): Promise<WrittenFile> {
  const before = await readFile(path, 'utf8').catch(() => undefined);
  return { path, state: before === text ? 'unchanged' : 'written' };
}

async function freeName(wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if ((await readFile(name).catch(() => undefined)) === undefined) return name;
  }
}
