import { type Issue, nearest, type Requirement, segmentsOf } from '@planwright/spec';
import { contextDefinitions, type JsonSchema } from '@planwright/spec/schema';

/** As it stands in `schema.json`: a path, or a path that is required only if another value is one of a few. */
export type WrittenRequirement = string | { readonly path: string; readonly when?: Readonly<Record<string, readonly unknown[]>> };

const file = 'schema.json';

/** Resolves required paths against the schema of the context: whether a value is a list, and the wording of its question. */
export function resolveRequirements(written: readonly WrittenRequirement[]): { readonly requires: readonly Requirement[]; readonly issues: readonly Issue[] } {
  const requires: Requirement[] = [];
  const issues: Issue[] = [];
  for (const one of written) {
    const { path, when } = typeof one === 'string' ? { path: one, when: undefined } : one;
    const found = fieldAt(path);
    if ('issue' in found) issues.push(found.issue);
    else {
      const { schema, field } = found;
      requires.push({
        pointer: path,
        ...(schema.type === 'array' && { list: true }),
        question: field.question ?? schema.question ?? defaultQuestion(path),
        ...((field.askedOf ?? schema.askedOf) !== undefined && { askedOf: field.askedOf ?? schema.askedOf }),
        ...(when !== undefined && { when }),
      });
    }
    for (const pointer of Object.keys(when ?? {})) {
      const condition = fieldAt(pointer);
      if ('issue' in condition) issues.push(condition.issue);
    }
  }
  return { requires, issues };
}

type Found = { readonly schema: JsonSchema; readonly field: JsonSchema } | { readonly issue: Issue };

function fieldAt(path: string): Found {
  let schema = resolved(contextDefinitions.Context ?? {});
  let field = schema;
  const walked: string[] = [];
  for (const segment of segmentsOf(path)) {
    const properties = schema.properties ?? {};
    const next = segment === '*' ? schema.items : properties[segment];
    if (next === undefined) {
      const near = nearest(segment, Object.keys(properties));
      return {
        issue: {
          code: 'unknown-path',
          message: `required path ${path}: ${walked.length === 0 ? 'the context' : `/${walked.join('/')}`} has no '${segment}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
          file,
          hint: 'Paths are JSON pointers into the context; `*` stands for every item of a list.',
        },
      };
    }
    field = next;
    schema = resolved(next);
    walked.push(segment);
  }
  return { schema, field };
}

function resolved(schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : resolved(contextDefinitions[schema.$ref.replace('#/$defs/', '')] ?? {});
}

// "/sequence/migrations/*/purpose" asks "What is the purpose of migration {id}?"
function defaultQuestion(path: string): string {
  const segments = segmentsOf(path);
  const star = segments.lastIndexOf('*');
  const words = segments
    .slice(star + 1)
    .reverse()
    .map((segment) => segment.replace(/([A-Z])/g, ' $1').toLowerCase())
    .join(' of the ');
  const last = segments.at(-1) ?? '';
  const verb = last.endsWith('s') && !/(?:ss|us|is)$/.test(last) ? 'are' : 'is';
  if (star < 1) return `What ${verb} the ${words}?`;
  const item = (segments[star - 1] ?? '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();
  return `What ${verb} the ${words} of ${item} {id}?`;
}
