import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Issue } from '@planwright/spec';
import { readContext } from '@planwright/spec/validate';

/** An example of a template: a context, and beside it the documents that it gives. */
export interface Example {
  /** Name of its folder. */
  readonly name: string;
  readonly folder: string;
  /** Absent when the context is invalid; the issues say why. */
  readonly context?: Context;
  readonly issues: readonly Issue[];
}

/** The examples of a template folder, by name. */
export function readExamples(folder: string): readonly Example[] {
  const examples = join(folder, 'examples');
  if (!existsSync(examples)) return [];
  return readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readExample(name, join(examples, name)))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readExample(name: string, folder: string): Example {
  const file = ['context.json', 'context.yaml'].find((one) => existsSync(join(folder, one)));
  if (file === undefined)
    return { name, folder, issues: [{ code: 'no-context', message: `example '${name}' has no context.json or context.yaml`, file: `examples/${name}` }] };
  const { context, issues } = readContext(readFileSync(join(folder, file), 'utf8'), `examples/${name}/${file}`);
  return { name, folder, issues: issues.filter(({ severity }) => severity !== 'warning'), ...(context !== undefined && { context }) };
}
