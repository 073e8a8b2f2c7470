import { join, resolve } from 'node:path';
import type { Plan, RenderInput } from '@planwright/plan';
import { chooseTemplates, defaultTemplates } from './choose-templates.js';
import type { OutputOptions } from './commands/output-options.js';
import type { Configuration } from './configuration.js';
import { type ExistingDocument, readExistingDocuments } from './existing-documents.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { InvalidInput } from './invalid-input.js';
import { folderFor, type Output, writePlan } from './output.js';
import { readOverrides } from './overrides.js';
import { printIssues } from './print-issues.js';
import { summary } from './summary.js';
import type { Terminal } from './terminal.js';

export interface Finish {
  readonly options: OutputOptions;
  readonly configuration: Configuration;
  /** Texts by file name, so that issues can show their lines. */
  readonly sources: ReadonlyMap<string, string>;
  /** Folder below the output folder, when several projects are planned at once. */
  readonly under?: string;
  readonly make: (rendering: RenderInput) => Promise<Plan>;
}

/** Renders, writes and tells: what `plan` and `render` have in common. */
export async function finishPlan(terminal: Terminal, { options, configuration, sources, under, make }: Finish): Promise<ExitCode> {
  const { config, folder } = configuration;
  const templates = await chooseTemplates(options.template ?? config.templates ?? defaultTemplates);
  const base = options.out ?? (config.out === undefined ? 'planwright-out' : join(folder, config.out));
  const folderOf = folderFor(under === undefined ? base : join(base, under), templates.length > 1);
  const existing = await readExistingDocuments(templates, folderOf);
  const state = Object.fromEntries([...existing].map(([name, document]) => [name, document.state]));
  const sections = await readOverrides(templates, folder);
  const rendering = { templates, state, sections: sections.sections };
  const plan = await atItsTime(existing, options.now, (now) => make({ ...rendering, now }));
  const errors = plan.issues.filter(({ severity }) => severity !== 'warning');
  if (errors.length > 0 || plan.documents.length === 0) throw new InvalidInput(plan.issues, sources);
  const output = await writePlan(plan, { folderOf, existing, force: options.force === true, dry: options.check === true });
  const issues = [...plan.issues, ...output.issues];
  if (options.format === 'json') {
    terminal.out(`${JSON.stringify({ context: plan.context, questions: plan.questions, issues, files: output.files.map(({ path, state: now }) => ({ path, state: now })) }, null, 2)}\n`);
  } else {
    printIssues(terminal, issues, sources);
    terminal.err(summary(terminal, plan, output, options.check === true));
    for (const { path } of output.files) terminal.out(`${path}\n`);
  }
  return options.check && changed(output).length > 0 ? exitCode.findings : exitCode.done;
}

/**
 * The clock of a plan. Without `--now`, documents that would differ from the existing ones in nothing but their time keep it: a plan that is
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

function iso(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

export function changed({ files }: Output): readonly string[] {
  return files.filter(({ state }) => state === 'written').map(({ path }) => resolve(path));
}
