import { Markdown } from './markdown/markdown.js';

/** Stands where a required value is missing, and prints as a reference to its question. */
export class OpenQuestion extends Markdown {
  /** Id of the question, such as `Q-title`. */
  readonly id: string;

  constructor(id: string) {
    super(`*open: ${id}*`);
    this.id = id;
  }

  /** In a companion it is its id. */
  override toJSON(): string {
    return this.id;
  }
}

const questionOf = Symbol('question of a list');

/** An empty list that nobody has given yet. */
export function openList(question: OpenQuestion): readonly never[] {
  return Object.assign([], { [questionOf]: question });
}

/** The question of a missing required value, list or not; undefined for every other value. */
export function openQuestion(value: unknown): OpenQuestion | undefined {
  if (value instanceof OpenQuestion) return value;
  // The symbol is known to this module only, so that what stands under it is a question.
  return Array.isArray(value) && questionOf in value ? (value[questionOf as never] as OpenQuestion) : undefined;
}

/** Whether a required value is missing. An empty list that somebody gave is an answer. */
export function isOpen(value: unknown): value is OpenQuestion {
  return openQuestion(value) !== undefined;
}
