import type { Operation } from '@planwright/spec';
import { bareSql } from './bare-sql.js';

/** Syntax that came with a version of PostgreSQL. */
export interface NewSyntax {
  /** In the words of the manual: `MERGE`. */
  readonly feature: string;
  /** Major version. */
  readonly since: number;
}

interface Known extends NewSyntax {
  /** A look at the whole text for this tells most statements that the syntax is not there. */
  readonly hint: RegExp;
  /** The syntax itself, in a statement without its strings, comments and quoted names. */
  readonly words: RegExp;
  /** Statements that are looked at; absent means all. */
  readonly on?: ReadonlySet<Operation['type']>;
}

const types = (...list: readonly Operation['type'][]): ReadonlySet<Operation['type']> => new Set(list);
const tables = types('createTable', 'addColumn', 'addConstraint');

/** From the release notes of PostgreSQL 13 to 18, newest first. Statements in which an older grammar has a like word are left out by `on`. */
const known: readonly Known[] = [
  { feature: 'a VIRTUAL generated column', since: 18, hint: /virtual/, words: /\bgenerated\s+always\s+as\s*\([\s\S]*\)\s*virtual\b/i, on: tables },
  {
    feature: 'NOT ENFORCED',
    since: 18,
    hint: /enforced/,
    words: /\bnot\s+enforced\b/i,
    on: types('createTable', 'addColumn', 'addConstraint', 'alterConstraint'),
  },
  { feature: 'WITHOUT OVERLAPS', since: 18, hint: /overlaps/, words: /\bwithout\s+overlaps\b/i, on: tables },
  { feature: 'a foreign key over a PERIOD', since: 18, hint: /period/, words: /\bforeign\s+key\s*\([^)]*\bperiod\s+[\w"]/i, on: tables },
  {
    feature: 'NOT NULL as a constraint of the table',
    since: 18,
    hint: /(?:\badd|[(,])\s*(?:constraint\s+(?:"[^"]*"|\S+)\s+)?not\s+null\b/,
    words: /(?:\badd|[(,])\s*(?:constraint\s+(?:\w+|"")\s+)?not\s+null\b/i,
    on: types('setNotNull', 'createTable'),
  },
  {
    feature: 'OLD and NEW in RETURNING',
    since: 18,
    hint: /returning/,
    words: /\breturning\b[\s\S]*\b(?:old|new)\s*\./i,
    on: types('insertRows', 'updateRows', 'deleteRows', 'mergeRows'),
  },
  { feature: 'ALTER COLUMN … SET EXPRESSION', since: 17, hint: /expression/, words: /\bset\s+expression\b/i, on: types('setGenerated') },
  { feature: 'JSON_TABLE', since: 17, hint: /json_table/, words: /\bjson_table\s*\(/i },
  { feature: 'MERGE … WHEN NOT MATCHED BY SOURCE', since: 17, hint: /by\s+source/, words: /\bnot\s+matched\s+by\s+source\b/i, on: types('mergeRows') },
  { feature: 'MERGE … RETURNING', since: 17, hint: /returning/, words: /^\s*merge\b[\s\S]*\breturning\b/i, on: types('mergeRows') },
  {
    feature: 'STORAGE in CREATE TABLE',
    since: 16,
    hint: /storage/,
    words: /\bstorage\s+(?:plain|external|extended|main|default)\b/i,
    on: types('createTable'),
  },
  { feature: 'IS JSON', since: 16, hint: /\bjson\b/, words: /\bis\s+(?:not\s+)?json\b/i },
  {
    feature: 'NULLS [NOT] DISTINCT',
    since: 15,
    hint: /distinct/,
    words: /\bnulls\s+(?:not\s+)?distinct\b/i,
    on: types('createTable', 'addColumn', 'addConstraint', 'createIndex'),
  },
  { feature: 'MERGE', since: 15, hint: /merge/, words: /^\s*(?:with\b[\s\S]*\)\s*)?merge\s+into\b/i, on: types('mergeRows') },
  { feature: 'a view with security_invoker', since: 15, hint: /security_invoker/, words: /\bsecurity_invoker\b/i, on: types('createView') },
  { feature: 'ON DELETE SET NULL of some columns', since: 15, hint: /on\s+delete\s+set/, words: /\bon\s+delete\s+set\s+(?:null|default)\s*\(/i, on: tables },
  { feature: 'SET ACCESS METHOD', since: 15, hint: /access\s+method/, words: /\bset\s+access\s+method\b/i, on: types('setTableOption') },
  {
    feature: 'DETACH PARTITION … CONCURRENTLY',
    since: 14,
    hint: /concurrently/,
    words: /\bdetach\s+partition\b[\s\S]*\bconcurrently\b/i,
    on: types('detachPartition'),
  },
  {
    feature: 'CREATE OR REPLACE TRIGGER',
    since: 14,
    hint: /or\s+replace/,
    words: /^\s*create\s+or\s+replace\s+(?:constraint\s+)?trigger\b/i,
    on: types('createTrigger'),
  },
  { feature: 'a routine with a body of SQL', since: 14, hint: /atomic/, words: /\bbegin\s+atomic\b/i, on: types('createRoutine') },
  { feature: 'a multirange type', since: 14, hint: /multirange/, words: /\b(?:int4|int8|num|ts|tstz|date)multirange\b/i },
  {
    feature: 'COMPRESSION of a column',
    since: 14,
    hint: /compression/,
    words: /\bcompression\s+(?:pglz|lz4|default)\b/i,
    on: types('createTable', 'addColumn', 'setColumnOption'),
  },
  { feature: 'ALTER COLUMN … DROP EXPRESSION', since: 13, hint: /expression/, words: /\bdrop\s+expression\b/i, on: types('dropGenerated') },
  { feature: 'DROP DATABASE … WITH (FORCE)', since: 13, hint: /force/, words: /^\s*drop\s+database\b[\s\S]*\bforce\b/i, on: types('dropObject') },
];

/** What may be newer in a statement of one kind. */
interface Newer {
  readonly known: readonly Known[];
  /** Any of their hints; nothing where there are none. */
  readonly hint?: RegExp;
}

const byVersion = new Map<number, Map<Operation['type'], Newer>>();

/** What a version lacks that a statement which does this may hold. */
function newerIn(type: Operation['type'], version: number): Newer {
  const kinds = byVersion.get(version) ?? new Map<Operation['type'], Newer>();
  const made = kinds.get(type);
  if (made) return made;
  const after = known.filter(({ since, on }) => since > version && (!on || on.has(type)));
  const newer = { known: after, ...(after.length === 0 ? {} : { hint: new RegExp(after.map(({ hint }) => hint.source).join('|'), 'i') }) };
  byVersion.set(version, kinds.set(type, newer));
  return newer;
}

/** Syntax of a statement that a version of PostgreSQL, 12 at least, does not have; newest first. */
export function newerSyntax({ sql, operations }: { readonly sql: string; readonly operations: readonly Operation[] }, version: number): readonly NewSyntax[] {
  let looked: readonly Known[] = [];
  let before: Operation['type'] | undefined;
  for (const { type } of operations) {
    // Most statements do one thing, or several of one kind.
    if (type === before) continue;
    before = type;
    const newer = newerIn(type, version);
    if (newer.hint?.test(sql)) looked = [...looked, ...newer.known];
  }
  if (looked.length === 0) return [];
  const bare = bareSql(sql);
  return known.filter((one) => looked.includes(one) && one.words.test(bare)).map(({ feature, since }) => ({ feature, since }));
}
