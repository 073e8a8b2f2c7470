import type { Rendered } from '@planwright/renderer';
import type { CompiledTemplate, Context, Issue } from '@planwright/spec';
import { hostileValues } from './hostile-values.js';
import { leftovers } from './leftovers.js';
import { markdownLint } from './markdown-lint.js';
import { mermaidBlocks } from './mermaid-blocks.js';
import { missingHeadings } from './missing-headings.js';
import { renderAgain } from './render-again.js';
import { sectionTypes } from './section-types.js';
import { sqlBlocks } from './sql-blocks.js';

/** A rendered example. */
export interface RenderedExample {
  readonly template: CompiledTemplate;
  readonly context: Context;
  readonly rendered: Rendered;
}

/** A check of a template folder. */
export interface TemplateCheck {
  /** Reads as a sentence after the template's name. */
  readonly name: string;
  readonly run: (folder: string, template: CompiledTemplate) => Promise<readonly Issue[]> | readonly Issue[];
}

/** A check of what an example renders to. */
export interface DocumentCheck {
  readonly name: string;
  readonly run: (example: RenderedExample) => Promise<readonly Issue[]> | readonly Issue[];
}

/** The checks of a template, in the order in which they help: the cheap and telling ones first. */
export const templateChecks: readonly TemplateCheck[] = [{ name: 'has sections that fit the types of what they read', run: sectionTypes }];

/** The checks of each example. */
export const documentChecks: readonly DocumentCheck[] = [
  { name: 'leaves no placeholder and no stray white space', run: leftovers },
  { name: 'has the headings that others read, in order', run: missingHeadings },
  { name: 'renders the same bytes again, and keeps what readers changed', run: renderAgain },
  { name: 'is Markdown without faults', run: markdownLint },
  { name: 'has SQL that the database of its context reads', run: sqlBlocks },
  { name: 'has diagrams that mermaid reads', run: mermaidBlocks },
  { name: 'keeps structure and text whatever its values hold', run: hostileValues },
];
