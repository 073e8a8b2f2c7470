import { join } from 'node:path';
import type { Plan, RenderInput } from '@planwright/plan';
import type { Issue } from '@planwright/spec';
import { chooseTemplates, defaultTemplates } from './choose-templates.js';
import type { Configuration } from './configuration.js';
import { type ExistingDocument, readExistingDocuments } from './existing-documents.js';
import { InvalidInput } from './invalid-input.js';
import { folderFor, type Output, writePlan } from './output.js';
import { readOverrides } from './overrides.js';
import type { FileToWrite } from './write-files.js';

/** Where documents go, and what may happen to those that are there. */
export interface WriteOptions {
  /** Names of official templates, `all`, or folders with templates of one's own; default those of the configuration, else `spec-flow`. */
  readonly templates?: readonly string[];
  /** Folder of the documents; default that of the configuration, else `planwright-out`. */
  readonly out?: string;
  /** Replace documents that were edited outside of their slots; backups are kept. */
  readonly force?: boolean;
  /** Write nothing, and tell what would be written. */
  readonly dry?: boolean;
  /** The clock of the documents. Without it an existing document that would differ in its time alone is left as it is. */
  readonly now?: Date;
}

/** A plan with what became of its files. */
export interface WrittenPlan {
  readonly plan: Plan;
  readonly output: Output;
  /** Warnings. */
  readonly issues: readonly Issue[];
  /** Texts by file name, so that issues can show their lines. */
  readonly sources: ReadonlyMap<string, string>;
}

/** How a plan is made, once it is known which documents there are and what readers wrote in them. */
export interface PlanMaker {
  readonly configuration: Configuration;
  readonly sources: ReadonlyMap<string, string>;
  /** Folder below the output folder, when several projects are planned at once. */
  readonly under?: string;
  readonly make: (rendering: RenderInput) => Promise<Plan>;
  /** Further files that go with the documents, asked for once the plan is made. */
  readonly beside?: () => readonly FileToWrite[];
}

/** Folder of all documents of a plan: `under` is its own below it, where several projects are planned at once. */
export function outputFolder({ config, folder }: Configuration, { out }: Pick<WriteOptions, 'out'>, under?: string): string {
  const base = out ?? (config.out === undefined ? 'planwright-out' : join(folder, config.out));
  return under === undefined ? base : join(base, under);
}

/** Plans, and writes the documents with what readers wrote in the existing ones. Throws `InvalidInput` where something is wrong, and writes nothing then. */
export async function writeDocuments({ configuration, sources, under, make, beside }: PlanMaker, options: WriteOptions): Promise<WrittenPlan> {
  const { config, folder } = configuration;
  const templates = await chooseTemplates(options.templates ?? config.templates ?? defaultTemplates);
  const folderOf = folderFor(outputFolder(configuration, options, under), templates.length > 1);
  const existing = await readExistingDocuments(templates, folderOf);
  const state = Object.fromEntries([...existing].map(([name, document]) => [name, document.state]));
  const { sections } = await readOverrides(templates, folder);
  const plan = await atItsTime(existing, options.now, (now) => make({ templates, state, sections, now }));
  const errors = plan.issues.filter(({ severity }) => severity !== 'warning');
  if (errors.length > 0 || plan.documents.length === 0) throw new InvalidInput(plan.issues, sources);
  const output = await writePlan(plan, { folderOf, existing, force: options.force === true, dry: options.dry === true, beside: beside?.() ?? [] });
  // What has no place any more is told by the output, which knows how the existing document called it.
  const issues = [...plan.issues.filter(({ code }) => !/^(tick|cell|note|log)-lost$/.test(code)), ...output.issues];
  return { plan, output, issues, sources };
}

/**
 * The clock of a plan. Without a given one, documents that would differ from the existing ones in nothing but their time keep it: a plan that is
 * made again is the same plan, and tools that compare dates of files are not misled.
 */
async function atItsTime(existing: ReadonlyMap<string, ExistingDocument>, now: Date | undefined, make: (now: string) => Promise<Plan>): Promise<Plan> {
  if (now) return make(iso(now));
  const before = new Set([...existing.values()].map(({ companion }) => companion.generated));
  const [time] = before;
  if (before.size === 1 && time !== undefined) {
    const plan = await make(time);
    const same = plan.documents.every((document) => {
      const known = existing.get(document.template);
      return known === undefined ? false : known.companion.file !== document.path || known.text === document.text;
    });
    if (same) return plan;
  }
  return make(iso(new Date()));
}

/** A time as the documents print it: ISO 8601 in UTC, to the second. */
export function iso(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
