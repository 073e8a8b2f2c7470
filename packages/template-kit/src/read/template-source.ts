import type { Issue, Manifest, Requirement } from '@planwright/spec';
import type { JsonSchema } from '@planwright/spec/schema';

/** One `.md.eta` file without its front matter. */
export interface SectionSource {
  /** Path in the template's folder, with `/`. */
  readonly file: string;
  readonly body: string;
  /** Lines of the file before the body. */
  readonly offset: number;
}

/** A body with the name of its output and of the file that it makes. */
export interface OutputSource extends SectionSource {
  readonly output: string;
  readonly fileName: string;
}

/** A template folder, read and resolved against the schema, not compiled yet. */
export interface TemplateSource {
  readonly manifest: Manifest;
  readonly version: string;
  /** The document first. */
  readonly outputs: readonly OutputSource[];
  /** By id, in the order of their names. */
  readonly sections: Readonly<Record<string, SectionSource>>;
  readonly requires: readonly Requirement[];
  /** Schema of the template's own options. */
  readonly options: Readonly<Record<string, JsonSchema>>;
}

/** A template folder and what is wrong with it. Without errors among the issues there is a source. */
export interface ReadTemplate {
  readonly source?: TemplateSource;
  readonly issues: readonly Issue[];
}
