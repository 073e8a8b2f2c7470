import type { CompiledTemplate, Context, PlannedMigration, Question, Requirement } from '@planwright/spec';
import { OpenQuestion, openList } from './open-question.js';
import { questionFor, type Step } from './question.js';

/** What sections read: the context made total for one template. */
export interface View extends Omit<Context, 'options' | 'questions' | 'sequence'> {
  readonly sequence: { readonly migrations: PlannedMigration[] } & Omit<NonNullable<Context['sequence']>, 'migrations'>;
  /** The plan's open questions, then those of the required values that are missing. */
  readonly questions: readonly Question[];
  /** Which template renders: its name and the version of its package. */
  readonly template: { readonly name: string; readonly version: string };
  /** This template's options, with its defaults. */
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Makes the total view: each value that the template requires is there or is an open question. The context is not changed;
 * only the way to a missing value is copied.
 */
export function viewOf(template: CompiledTemplate, context: Context, now?: string): View {
  const asked: Question[] = [];
  let view: Context = now === undefined ? context : { ...context, dates: { ...context.dates, generated: now } };
  if (view.sequence === undefined) view = { ...view, sequence: { migrations: view.change.migrations.map(asPlanned) } };
  for (const { requirement, path } of waysOf(template.requires)) {
    // Most values are there, and to see that costs less than to go the way with a question at hand.
    if (applies(requirement, context) && !isThere(view, path, 0)) {
      const ask = (steps: readonly Step[]) => {
        const question = questionFor(requirement, steps, context);
        if (!asked.some(({ id }) => id === question.id)) asked.push(question);
        return new OpenQuestion(question.id);
      };
      // The way copies objects of a context and adds questions where nothing was: it stays a context but for those.
      view = fill(view, path, 0, [], requirement, ask) as Context;
    }
  }
  const given = context.questions ?? [];
  const own: Pick<View, 'sequence' | 'questions' | 'template' | 'options'> = {
    // It is there: made from the change above when nobody gave one.
    sequence: view.sequence as View['sequence'],
    questions: [...given, ...asked.filter(({ id }) => !given.some((question) => question.id === id))],
    template: { name: template.manifest.name, version: template.version },
    options: { ...template.defaults, ...context.options?.[template.manifest.name] },
  };
  // Places first: to add properties to a copy of the context takes longer than all else here.
  return Object.assign({ sequence: undefined, questions: undefined, template: undefined, options: undefined }, view, own);
}

/** A requirement with its pointer taken apart. */
interface Way {
  readonly requirement: Requirement;
  readonly path: readonly string[];
}

// A template renders many documents; its pointers are taken apart once.
const ways = new WeakMap<readonly Requirement[], readonly Way[]>();

function waysOf(requires: readonly Requirement[]): readonly Way[] {
  const known = ways.get(requires);
  if (known !== undefined) return known;
  const made = requires.map((requirement) => ({ requirement, path: requirement.pointer.split('/').slice(1) }));
  ways.set(requires, made);
  return made;
}

// Whether nothing is missing at the end of a path. What is no object has nothing, as in `fill`.
function isThere(from: unknown, path: readonly string[], start: number): boolean {
  let node = from;
  for (let index = start; index < path.length; index++) {
    const key = path[index] ?? '';
    if (key === '*') return !Array.isArray(node) || node.every((item: unknown) => isThere(item, path, index + 1));
    node = (node as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  }
  return node !== undefined;
}

type Ask = (steps: readonly Step[]) => OpenQuestion;

function fill(node: unknown, path: readonly string[], index: number, steps: readonly Step[], requirement: Requirement, ask: Ask): unknown {
  const key = path[index];
  if (key === undefined) {
    if (node !== undefined) return node;
    const question = ask(steps);
    return requirement.list ? openList(question) : question;
  }
  if (key === '*') {
    if (!Array.isArray(node)) return node;
    let changed = false;
    const items = node.map((item: unknown, number) => {
      const filled = fill(item, path, index + 1, [...steps, { key: String(number), item: nameOf(item, number) }], requirement, ask);
      changed ||= filled !== item;
      return filled;
    });
    return changed ? items : node;
  }
  if (node instanceof OpenQuestion) return node;
  // Paths lead through objects: the kit has resolved them against the schema.
  const parent = node as Readonly<Record<string, unknown>> | undefined;
  const before = parent?.[key];
  const after = fill(before, path, index + 1, [...steps, { key }], requirement, ask);
  return after === before ? node : { ...parent, [key]: after };
}

function nameOf(item: unknown, index: number): string {
  const named = item as Readonly<Record<string, unknown>> | null;
  for (const key of ['id', 'name', 'slug', 'step', 'table']) if (typeof named?.[key] === 'string') return named[key];
  return String(index + 1);
}

function applies(requirement: Requirement, context: Context): boolean {
  if (requirement.when === undefined) return true;
  return Object.entries(requirement.when).every(([pointer, values]) => values.includes(at(context, pointer)));
}

function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const key of pointer.split('/').slice(1)) found = (found as Readonly<Record<string, unknown>> | undefined)?.[key];
  return found;
}

// Where nobody has planned a sequence, it is the change.
function asPlanned({ id, file, transaction, statements }: Context['change']['migrations'][number]): PlannedMigration {
  return {
    id: id.replace(/[^A-Za-z0-9._-]+/g, '-'),
    name: id,
    ...(file !== undefined && { file }),
    ...(transaction !== undefined && { transaction }),
    statements: statements.map(({ id: from, sql, operations, verdicts }) => ({
      operations,
      ...(sql !== undefined && { sql }),
      ...(from !== undefined && { from }),
      ...(verdicts !== undefined && { verdicts }),
    })),
  };
}
