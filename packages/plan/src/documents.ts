import { carry } from '@planwright/document';
import { type ReaderState, type Rendered, render, type SectionOverrides } from '@planwright/renderer';
import type { Companion, CompiledTemplate, Context, Issue, Question } from '@planwright/spec';

/** A file of one template. */
export interface PlanFile {
  /** Name of the template. */
  readonly template: string;
  /** File name, without a folder. */
  readonly path: string;
  readonly text: string;
}

export interface RenderInput {
  readonly templates: readonly CompiledTemplate[];
  /** Sections of the project over those of a template, by template name. */
  readonly sections?: Readonly<Record<string, SectionOverrides>>;
  /** What readers have changed in the existing document, by template name. */
  readonly state?: Readonly<Record<string, ReaderState>>;
  /** The clock, ISO 8601 with zone. */
  readonly now: string;
}

export interface Documents {
  readonly documents: readonly PlanFile[];
  readonly companions: readonly PlanFile[];
  /** Each question once, whichever templates ask it. */
  readonly questions: readonly Question[];
  readonly issues: readonly Issue[];
}

/** Renders a context with each of the templates. */
export function renderAll(context: Context, { templates, sections, state, now }: RenderInput): Documents {
  const rendered = templates.map((template) => {
    const { name } = template.manifest;
    const own = { ...(sections?.[name] && { sections: sections[name] }), ...(state?.[name] && { state: state[name] }) };
    return { name, result: render(template, context, { ...own, now }) };
  });
  // A companion's text hashes the whole context, so it is made only when somebody reads it.
  const files = rendered.flatMap(({ name, result }) =>
    result.files.map(
      (file): PlanFile => ({
        template: name,
        path: file.path,
        get text() {
          return file.text;
        },
      }),
    ),
  );
  return {
    documents: files.filter(({ path }) => !path.endsWith('.json')),
    companions: files.filter(({ path }) => path.endsWith('.json')),
    questions: questionsOf(
      context,
      rendered.map(({ result }) => result),
    ),
    issues: rendered.flatMap(({ name, result }) => [...result.issues, ...lost(state?.[name], result)]),
  };
}

function questionsOf(context: Context, rendered: readonly Rendered[]): Question[] {
  const byId = new Map<string, Question>();
  for (const question of [...(context.questions ?? []), ...rendered.flatMap(({ questions }) => questions)])
    if (!byId.has(question.id)) byId.set(question.id, question);
  return [...byId.values()];
}

/** What readers wrote in the existing document and has no place in the new one. */
function lost(state: ReaderState | undefined, { files }: Rendered): readonly Issue[] {
  const companion = files.find(({ path }) => path.endsWith('.json'));
  if (!state || !companion) return [];
  // The renderer made this text from a companion a moment ago.
  const { items } = JSON.parse(companion.text) as Companion;
  return carry({ ticks: {}, cells: {}, notes: {}, ...state }, items ?? []).issues;
}
