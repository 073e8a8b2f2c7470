import { performance } from 'node:perf_hooks';
import { type HistoryMigration, readHistory } from '@planwright/analyzer';
import { createPlan, type Plan } from '@planwright/plan';
import { type Rendered, render } from '@planwright/renderer';
import type { CompiledTemplate, Issue, Operation } from '@planwright/spec';
import { validateContext } from '@planwright/spec/validate';
import { checkDocument, type RenderedExample } from '@planwright/template-kit';
import type { ProjectFile } from './read-folder.js';

export interface PlanHistoryInput {
  readonly files: readonly ProjectFile[];
  readonly templates: readonly CompiledTemplate[];
  /** Plan only migrations whose id contains this. */
  readonly only?: string;
  /** What is wrong with a document; default all conformance checks, of which lint takes the most time. */
  readonly check?: (example: RenderedExample) => Promise<readonly Issue[]> | readonly Issue[];
  /** Sees each plan as it is made. */
  readonly onPlan?: (id: string, plan: Plan) => void;
}

/** What is wrong with the plan of one migration. */
export interface PlanFailure {
  readonly migration: string;
  /** Template name, or `context`, or `plan` where there is none. */
  readonly where: string;
  /** The first of what was found, and how many there are. */
  readonly message: string;
  readonly count: number;
}

/** The plans of every migration of one history. */
export interface PlannedHistory {
  readonly framework: string | undefined;
  readonly migrations: number;
  readonly documents: number;
  /** Characters of all documents. */
  readonly characters: number;
  readonly failures: readonly PlanFailure[];
  /** How often each type of operation occurs. */
  readonly operations: Readonly<Record<string, number>>;
  /** Reasons of `unknown` operations, each with its migrations. */
  readonly unknown: Readonly<Record<string, readonly string[]>>;
  /** How often each code of an issue occurs: of the plans, of the history (once), and warnings about contexts. */
  readonly issues: Readonly<Record<string, number>>;
  /** The issues of plans, each with its migration. */
  readonly said: readonly string[];
  /** Milliseconds to read the history, to plan all of it, and to check the documents. */
  readonly time: { readonly read: number; readonly plan: number; readonly check: number };
}

// Documents must not hang on the clock, so any moment will do.
const now = '2026-01-05T09:00:00Z';

/** Plans each migration of a project in turn with all templates, and holds every document to the conformance checks. */
export async function planHistory(input: PlanHistoryInput): Promise<PlannedHistory | { readonly issues: readonly Issue[] }> {
  const { files, templates, only = '', check = checkDocument } = input;
  const start = performance.now();
  const history = await readHistory({ files });
  if (!('migrations' in history)) return history;
  const time = { read: performance.now() - start, plan: 0, check: 0 };
  const chosen = history.migrations.filter(({ source }) => source.id.includes(only));

  const failures: PlanFailure[] = [];
  const found: { readonly migration: string; readonly issue: Issue }[] = history.issues.map((issue) => ({ migration: 'the history', issue }));
  const ofHistory = new Set(history.issues);
  let documents = 0;
  let characters = 0;
  for (const { source } of chosen) {
    const fail = (where: string, faults: readonly Issue[]) => {
      const [first] = faults;
      if (first) failures.push({ migration: source.id, where, message: `${first.code}: ${first.message}`, count: faults.length });
    };
    const began = performance.now();
    const plan = await attempt(() => createPlan({ files, history, migrations: [source.id], templates, now }));
    time.plan += performance.now() - began;
    if (plan instanceof Error) fail('plan', [{ code: 'thrown', message: plan.stack ?? plan.message }]);
    else if (plan.context === undefined) fail('plan', plan.issues);
    else {
      const validated = validateContext(plan.context).issues;
      const warnings = validated.filter(({ severity }) => severity === 'warning');
      for (const issue of [...plan.issues, ...warnings]) if (!ofHistory.has(issue)) found.push({ migration: source.id, issue });
      documents += plan.documents.length;
      characters += plan.documents.reduce((sum, { text }) => sum + text.length, 0);
      input.onPlan?.(source.id, plan);
      const checking = performance.now();
      fail(
        'context',
        validated.filter(({ severity }) => severity !== 'warning'),
      );
      for (const template of templates) {
        const faults = await attempt(() => checkPlan(plan, template, check));
        fail(template.manifest.name, faults instanceof Error ? [{ code: 'thrown', message: faults.stack ?? faults.message }] : faults);
      }
      time.check += performance.now() - checking;
    }
  }
  return {
    framework: history.project.target.framework,
    migrations: chosen.length,
    documents,
    characters,
    failures,
    operations: counts(chosen.flatMap(operationsOf).map(({ type }) => type)),
    unknown: unknownOf(chosen),
    issues: counts(found.map(({ issue }) => issue.code)),
    said: found.map(({ migration, issue }) => `${migration}: ${issue.code}: ${issue.message}`),
    time,
  };
}

async function checkPlan(plan: Plan, template: CompiledTemplate, check: NonNullable<PlanHistoryInput['check']>): Promise<readonly Issue[]> {
  const rendered: Rendered = render(template, plan.context);
  const documents = plan.documents.filter((file) => file.template === template.manifest.name);
  const differs = documents.filter(({ path, text }) => rendered.files.find((file) => file.path === path)?.text !== text);
  return [
    ...rendered.issues,
    ...differs.map(({ path }) => ({ code: 'not-deterministic', message: 'a second render at another time gives other bytes', file: path })),
    ...(await check({ template, context: plan.context, rendered })),
  ];
}

async function attempt<Value>(run: () => Promise<Value>): Promise<Value | Error> {
  try {
    return await run();
  } catch (error) {
    // A crash is a finding of the sweep and must not end it.
    return error instanceof Error ? error : new Error(String(error));
  }
}

function operationsOf({ statements }: HistoryMigration): readonly Operation[] {
  return statements.flatMap(({ operations }) => operations);
}

function counts(values: readonly string[]): Readonly<Record<string, number>> {
  const byValue: Record<string, number> = {};
  for (const value of values) byValue[value] = (byValue[value] ?? 0) + 1;
  return byValue;
}

function unknownOf(migrations: readonly HistoryMigration[]): Readonly<Record<string, readonly string[]>> {
  const byReason: Record<string, string[]> = {};
  for (const migration of migrations)
    for (const operation of operationsOf(migration))
      if (operation.type === 'unknown') byReason[operation.reason] = [...(byReason[operation.reason] ?? []), migration.source.id];
  return byReason;
}
