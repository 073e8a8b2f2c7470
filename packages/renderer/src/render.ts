import type { CompiledOutput, CompiledTemplate, Context, Issue, Question, SectionFunction } from '@planwright/spec';
import { companionText } from './companion.js';
import { documentScope, type Leavings } from './document-scope.js';
import { withoutBlankEnds } from './markdown/characters.js';
import { type Markdown, markdown } from './markdown/markdown.js';
import { refusal } from './refusal.js';
import type { Scope } from './scope.js';
import { layered, type SectionOverrides, type SectionTrace } from './section-layers.js';
import { type ReaderState, unmarked } from './slots.js';
import { type View, viewOf } from './view.js';

export interface RenderOptions {
  /** Sections of the project over those of the template. */
  readonly sections?: SectionOverrides;
  /** What readers have changed in the existing document. */
  readonly state?: ReaderState;
  /** The clock, ISO 8601 with zone. Absent: the context's own date, and no other. */
  readonly now?: string;
  /** Name of one output; absent means all. */
  readonly output?: string;
}

export interface RenderedFile {
  /** File name, without a folder. */
  readonly path: string;
  /** Lines end in LF; one at the end. */
  readonly text: string;
}

export interface Rendered {
  /** The document, its companion, then further outputs; none when rendering was refused. */
  readonly files: readonly RenderedFile[];
  /** Open questions of the plan, and those of required values that are missing. */
  readonly questions: readonly Question[];
  /** Why rendering was refused, or what a reader should know. */
  readonly issues: readonly Issue[];
  /** Which layers each printed section came from, in the order in which they were first printed. */
  readonly sections: readonly SectionTrace[];
}

/**
 * Renders a template with a valid context. Same arguments, same bytes.
 * Refused, with issues and no file, are a context without target database or migrations, a database that the template does not
 * know, and invalid options of the template. A mistake in a section is thrown as `SectionError` with file and line.
 */
export function render(template: CompiledTemplate, context: Context, options: RenderOptions = {}): Rendered {
  const refused = refusal(template, context, options.sections);
  if (refused.length > 0) return { files: [], questions: [], issues: refused, sections: [] };
  const view = viewOf(template, context, options.now);
  const issues: Issue[] = [];
  const trace = new Map<string, SectionTrace>();
  const outputs = options.output === undefined ? template.outputs : template.outputs.filter(({ name }) => name === options.output);
  if (outputs.length === 0)
    throw new RangeError(
      `template '${template.manifest.name}' has no output '${options.output}'; it has ${template.outputs.map(({ name }) => name).join(', ')}`,
    );
  const files: RenderedFile[] = [];
  for (const output of outputs) {
    const leavings: Leavings = { slots: [], counts: {}, companion: {}, issues };
    const text = assemble(template, output, view, options, leavings, trace);
    const path = leavings.file ?? output.file;
    // Without slots there is no mark to look for.
    files.push({ path, text: leavings.slots.length === 0 ? text : unmarked(text) });
    if (output !== template.outputs[0]) continue;
    const companion = lazily(path.endsWith('.md') ? `${path.slice(0, -3)}.json` : path, () =>
      companionText({ template, context, view, file: path, text, leavings, ...(view.dates?.generated !== undefined && { now: String(view.dates.generated) }) }),
    );
    files.push(companion);
  }
  return { files, questions: view.questions, issues, sections: [...trace.values()] };
}

function assemble(
  template: CompiledTemplate,
  output: CompiledOutput,
  view: View,
  options: RenderOptions,
  leavings: Leavings,
  trace: Map<string, SectionTrace>,
): string {
  const open: string[] = [];
  const run = (part: SectionFunction): string => withoutBlankEnds(part(view, scope).trimEnd());
  const section = (id: string): Markdown => {
    if (open.includes(id)) throw new RangeError(`section '${id}' prints itself: ${[...open, id].join(' > ')}`);
    const layers = layered(template, options.sections, id);
    trace.set(id, { section: id, layers: layers.map(({ layer }) => layer) });
    open.push(id);
    let text = '';
    for (const { part } of layers) {
      const printed = run(part);
      if (printed !== '') text += text === '' ? printed : `\n\n${printed}`;
    }
    open.pop();
    return markdown(text);
  };
  const scope: Scope = documentScope(view, options.state ?? {}, leavings, section);
  return `${run(output.body)}\n`;
}

/** A file whose text is made when it is first read: a companion hashes context and document, which not every caller wants. */
function lazily(path: string, make: () => string): RenderedFile {
  let text: string | undefined;
  return {
    path,
    get text() {
      text ??= make();
      return text;
    },
  };
}
