import type { Manifest } from './generated/types.js';
import type { SchemaValidator } from './json-schema.js';

/** A path that a template requires, resolved against the schema when the template was compiled. */
export interface Requirement {
  /** JSON pointer; `*` stands for every item of a list. */
  readonly pointer: string;
  /** The value is a list: missing, it becomes an empty list that carries its question. */
  readonly list?: boolean;
  /** Wording, with `{id}` for the nearest list item. */
  readonly question: string;
  readonly askedOf?: string;
  /** It is required only if the value at this pointer is one of these. */
  readonly when?: Readonly<Record<string, readonly unknown[]>>;
}

/** A section or a body, compiled: view and scope to Markdown. The renderer owns both types. */
export type SectionFunction = (it: unknown, scope: unknown) => string;

/** One document of a template: its front matter and the order of its sections. */
export interface CompiledOutput {
  /** Name of the output; the first one is `document`. */
  readonly name: string;
  /** Literal file name. */
  readonly file: string;
  readonly body: SectionFunction;
}

/** A template as the kit compiles it: values and functions only. */
export interface CompiledTemplate {
  /** Raised when the form changes. */
  readonly format: 1;
  readonly manifest: Manifest;
  /** Version of its package. */
  readonly version: string;
  readonly requires: readonly Requirement[];
  /** Values of its options where the context gives none. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Checks `options.<name>` of a context; absent when the template has no options. */
  readonly validateOptions?: SchemaValidator;
  readonly outputs: readonly CompiledOutput[];
  readonly sections: Readonly<Record<string, SectionFunction>>;
}
