import { descriptions } from './generated/descriptions.js';
import type { Issue } from './generated/types.js';
import type { JsonSchema, SchemaError } from './json-schema.js';
import { nearest } from './nearest.js';
import { pointerTo } from './pointer.js';
import type { Positions } from './positions.js';
import { redactSecrets } from './secret.js';
import { shownChoices, shownType, shownValue } from './shown-value.js';

/** What is known of a problem before its place in a file is looked up. */
interface Problem {
  readonly code: string;
  readonly pointer: string;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint: string;
  /** The key that an unknown key was probably meant to be. */
  readonly meant?: string | undefined;
}

/** Turns a validator's errors into issues, one a problem, in the order of the file where positions are known. */
export function schemaIssues(errors: readonly SchemaError[], positions?: Positions): readonly Issue[] {
  const problems = errors.map((error) => problemOf(error, positions)).filter((problem) => problem !== undefined);
  const meant = new Set(problems.map(({ pointer, meant }) => meant !== undefined && `${parentOf(pointer)} ${meant}`));
  const seen = new Set<string>();
  const issues: Issue[] = [];
  for (const problem of problems) {
    // A misspelt key that is required is one problem, not two.
    if (problem.code === 'missing-key' && meant.has(`${parentOf(problem.pointer)} ${problem.pointer.slice(problem.pointer.lastIndexOf('/') + 1)}`)) continue;
    const key = `${problem.code} ${problem.pointer}`;
    if (seen.has(key)) continue;
    seen.add(key);
    issues.push(placed(problem, positions));
  }
  return issues.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function placed({ code, pointer, at, message, hint }: Problem, positions: Positions | undefined): Issue {
  const place = at === 'key' ? positions?.keyAt(pointer) : positions?.valueAt(pointer);
  return {
    code,
    message: redactSecrets(message),
    ...(positions?.file !== undefined && { file: positions.file }),
    ...place,
    pointer,
    hint: redactSecrets(hint),
  };
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** How an issue names a place: `/tasks/0`, and the whole file when it is the root. */
function where(pointer: string): string {
  return pointer === '' ? 'the file' : pointer;
}

function problemOf(
  { instancePath: pointer, keyword, params, data, parentSchema = {}, message = '' }: SchemaError,
  positions: Positions | undefined,
): Problem | undefined {
  const value = shownValue(data);
  const { description } = parentSchema;
  const about = description === undefined ? '' : ` (${description.replace(/\.$/, '')})`;
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownKey(pointer, String(params.additionalProperty ?? params.unevaluatedProperty), parentSchema);
    case 'required':
      return missingKey(pointer, String(params.missingProperty), parentSchema);
    case 'discriminator':
      return unknownKind(pointer, params, parentSchema);
    case 'enum':
    case 'const': {
      const choices = keyword === 'const' ? [parentSchema.const] : (parentSchema.enum ?? []);
      const near = typeof data === 'string' ? nearest(data, choices.map(String)) : undefined;
      const hint = near === undefined ? `Write one of these values${about}.` : `Write '${near}'.`;
      const suggestion = near === undefined ? '' : `; did you mean '${near}'?`;
      return {
        code: 'wrong-value',
        pointer,
        at: 'value',
        message: `found ${value} at ${where(pointer)}: expected ${shownChoices(choices)}${suggestion}`,
        hint,
      };
    }
    case 'type':
      return wrongType(pointer, data, parentSchema, positions);
    case 'pattern':
    case 'format': {
      const example = parentSchema.examples?.[0];
      const wanted = keyword === 'format' ? `a ${String(params.format)}` : `a text like ${String(params.pattern)}`;
      const hint = example === undefined ? `Write it in this form${about}.` : `Write it like ${shownValue(example)}${about}.`;
      return { code: 'wrong-form', pointer, at: 'value', message: `found ${value} at ${where(pointer)}: expected ${wanted}`, hint };
    }
    // Consequences of what other errors say.
    case 'oneOf':
    case 'anyOf':
    case 'if':
      return undefined;
    default:
      return {
        code: 'wrong-size',
        pointer,
        at: 'value',
        message: `found ${value} at ${where(pointer)}: expected ${expectedSize(keyword, params) ?? `a value that ${message}`}`,
        hint: `Correct the value${about}.`,
      };
  }
}

function expectedSize(keyword: string, { limit }: SchemaError['params']): string | undefined {
  switch (keyword) {
    case 'minItems':
      return `at least ${String(limit)} ${limit === 1 ? 'item' : 'items'}`;
    case 'minLength':
      return limit === 1 ? 'a text that is not empty' : `at least ${String(limit)} characters`;
    case 'minimum':
      return `${String(limit)} or more`;
    case 'uniqueItems':
      return 'each item once';
    default:
      return undefined;
  }
}

function unknownKey(pointer: string, key: string, schema: JsonSchema): Problem {
  const known = Object.keys(schema.properties ?? {});
  const near = nearest(key, known);
  const listed = known.length <= 12 ? shownChoices(known) : 'a key of the schema';
  return {
    code: 'unknown-key',
    pointer: pointer + pointerTo(key),
    at: 'key',
    message: `found unknown key '${key}' in ${where(pointer)}: ${near === undefined ? `expected ${listed}` : `did you mean '${near}'?`}`,
    hint: near === undefined ? `Remove it, or see its keys with \`planwright explain ${fieldOf(pointer)}\`.` : `Rename it to '${near}'.`,
    meant: near,
  };
}

function missingKey(pointer: string, key: string, schema: JsonSchema): Problem {
  const property = schema.properties?.[key];
  const example = property?.examples?.[0];
  const description = property?.description ?? descriptions[property?.$ref?.replace(/^.*\//, '') ?? ''];
  const what = description === undefined ? '' : ` (${description.replace(/\.$/, '')})`;
  return {
    code: 'missing-key',
    pointer: pointer + pointerTo(key),
    at: 'key',
    message: `found no '${key}' in ${where(pointer)}: it is required${what}`,
    hint: `Add '${key}'${example === undefined ? '' : `, for example ${typeof example === 'object' ? JSON.stringify(example) : shownValue(example)}`}.`,
  };
}

function unknownKind(pointer: string, params: SchemaError['params'], schema: JsonSchema): Problem {
  const tag = String(params.tag);
  const kinds = (schema.oneOf ?? []).map(({ $ref }) => kindOf($ref ?? '')).filter((kind) => kind !== '');
  const given = params.tagValue;
  const noun = (schema.description ?? 'item').replace(/\.$/, '');
  if (given === undefined) {
    return {
      code: 'missing-key',
      pointer: pointer + pointerTo(tag),
      at: 'key',
      message: `found no '${tag}' in ${where(pointer)}: it says which kind this is (${noun})`,
      hint: `Add '${tag}': ${shownChoices(kinds)}.`,
    };
  }
  const near = typeof given === 'string' ? nearest(given, kinds) : undefined;
  return {
    code: 'unknown-type',
    pointer: pointer + pointerTo(tag),
    at: 'value',
    message: `found ${shownValue(given)} at ${where(pointer + pointerTo(tag))}: ${near === undefined ? `expected a known kind (${noun})` : `did you mean '${near}'?`}`,
    hint: near === undefined ? `Known kinds: ${shownChoices(kinds)}.` : `Write '${near}'.`,
  };
}

/** The value of the discriminator that stands for a definition: `AddColumnOperation` is `addColumn`, `PrimaryKey` is `primaryKey`. */
function kindOf(reference: string): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1).replace(/Operation$/, '');
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function wrongType(pointer: string, data: unknown, schema: JsonSchema, positions: Positions | undefined): Problem {
  const expected = shownType(schema.type);
  const about = schema.description ? ` (${schema.description.replace(/\.$/, '')})` : '';
  const written = typeof data === 'string' ? undefined : positions?.sourceAt(pointer);
  let hint = `Write ${expected}${about}.`;
  if (data === null) hint = `Give a value, or remove the key: what is absent is unanswered${about}.`;
  else if (schema.type === 'string' && (typeof data === 'number' || typeof data === 'boolean')) hint = `Put it in quotes: '${written ?? String(data)}'.`;
  else if (typeof data === 'string' && (schema.type === 'number' || schema.type === 'integer') && Number.isFinite(Number(data)))
    hint = 'Write it without quotes.';
  else if (schema.type === 'array') hint = `Write it as a list${about}.`;
  const found = written !== undefined && typeof data === 'number' ? `the number ${written}` : shownValue(data);
  return { code: 'wrong-type', pointer, at: 'value', message: `found ${found} at ${where(pointer)}: expected ${expected}`, hint };
}

/** A pointer as `planwright explain` takes it: `/tasks/0/title` is `tasks.title`. */
function fieldOf(pointer: string): string {
  const names = pointer.split('/').filter((segment) => segment !== '' && !/^\d+$/.test(segment));
  return names.length > 0 ? names.join('.') : 'context';
}
