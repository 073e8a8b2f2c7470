/** The kinds of objects that a catalogue's definitions tell apart, in the order in which a dump would make them. */
export const definitionKinds = [
  'schema',
  'extension',
  'language',
  'collation',
  'type',
  'attribute',
  'domain constraint',
  'routine',
  'operator',
  'operator family',
  'operator class',
  'cast',
  'text search',
  'sequence',
  'foreign data wrapper',
  'server',
  'user mapping',
  'table',
  'column',
  'default',
  'constraint',
  'index',
  'partition',
  'foreign key',
  'statistics',
  'view',
  'rule',
  'trigger',
  'policy',
  'publication',
  'publication table',
  'event trigger',
  'default privileges',
] as const;

export type DefinitionKind = (typeof definitionKinds)[number];

/** One thing about an object that changes by a statement of its own, such as its owner or comment. */
export interface Setting {
  readonly key: string;
  /** What it is set to, in a form that stays the same when other objects are renamed. */
  readonly value: string;
  /** What brings a new or changed object there. */
  readonly statements: readonly string[];
  /** A new object has it already. */
  readonly plain: boolean;
  /** The object it points at: made anew, it must be pointed at again. */
  readonly needs?: string;
}

/** A privilege on an object, as GRANT takes it. */
export interface Grant {
  readonly to: string;
  readonly privilege: string;
  readonly grantable: boolean;
}

/** What a column has beside its settings. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  /** Type, modifier and collation in a form that a rename leaves alone. */
  readonly rawType: string;
  readonly collation?: string;
  /** From `GENERATED ALWAYS AS (` on. */
  readonly generated?: string;
  /** From GENERATED on, with the options of its sequence, which has a name of its own. */
  readonly identity?: {
    readonly always: boolean;
    readonly create: string;
    readonly options: string;
    readonly sequence: string;
    readonly schema: string;
  };
  /** The name of the NOT NULL constraint where the server names it and somebody chose it. */
  readonly notNull?: { readonly name?: string; readonly chosen: boolean };
  /** It comes from the table's parent and from nowhere else. */
  readonly inherited: boolean;
}

/** One object of a catalogue: how to make it, how to drop it and what it needs. Names in its statements are those of its catalogue. */
export interface Definition {
  /** `pg_class:16384:0`: the same object has the same one in two catalogues of one database, whatever its name. */
  readonly id: string;
  readonly kind: DefinitionKind;
  /** The object it is a part of: a column's table. */
  readonly on?: string;
  /** What ALTER, DROP and COMMENT call this kind of object: `MATERIALIZED VIEW`. */
  readonly word: string;
  readonly schema?: string;
  readonly name: string;
  /** As it stands in a statement after the word: `orders`, `net(integer)`, `orders_audit ON orders`. */
  readonly ref: string;
  /** What follows a name that is written anew: a routine's arguments. */
  readonly suffix?: string;
  /** What the database stores of it, without names that a rename changes: the same text, the same object. */
  readonly raw: string;
  readonly create: readonly string[];
  /** How it stands inside the CREATE TABLE or ADD COLUMN of what it is part of. */
  readonly inline?: string;
  readonly drop: readonly string[];
  readonly settings: readonly Setting[];
  /** Privileges as they work, and those that a new object has. */
  readonly grants?: { readonly on: string; readonly has: readonly Grant[]; readonly plain: readonly Grant[] };
  /** Storage parameters, and the statement before SET or RESET. */
  readonly options?: { readonly alter: string; readonly values: Readonly<Record<string, string>> };
  /** Enum labels by their identity. */
  readonly labels?: readonly { readonly id: string; readonly label: string }[];
  readonly column?: ColumnDefinition;
  /** Of a table: what follows its columns. */
  readonly tail?: string;
  /** Of a sequence: the column that owns it. Of a foreign key: the table it points at. Of an index or constraint: the parent's. */
  readonly points?: string;
  /** What a CREATE OR REPLACE must find unchanged; absent where there is none. */
  readonly replaceable?: string;
  /** It was given by a parent table. */
  readonly inherited?: boolean;
  /** Ids of what must be there before it. */
  readonly needs: readonly string[];
  /** Older objects first. */
  readonly order: number;
}

/** All objects of a database by what it takes to make them. */
export interface Catalogue {
  /** Who owns new objects. */
  readonly user: string;
  readonly definitions: readonly Definition[];
}
