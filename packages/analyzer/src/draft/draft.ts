import type { CompositeType, DatabaseSequence, Domain, EnumType, OtherObject, Routine, Snapshot, Table, View } from '@planwright/spec';
import { Collection, keyOf, type Named } from './collection.js';
import { NameIndex, type Relation } from './name-index.js';
import { Names } from './names.js';
import { type Lists, present, type SomeLists, snapshotOf, type Writable } from './snapshot-lists.js';

type Routines = { readonly schema?: string; readonly name: string; readonly overloads: readonly Routine[] };
/** Lists that each side of a statement holds whole. */
type WholeLists = Pick<Lists, 'schemas' | 'extensions'>;
/** What a statement touches, before and after it. */
interface Touched {
  readonly before: Snapshot;
  readonly after: Snapshot;
}
/** Other objects by kind: the kind is the first part of their key's name. */
type KindedObject = { readonly schema?: string; readonly name: string; readonly object: OtherObject };

/**
 * A snapshot while operations are applied to it: every object is found by name in constant time, and objects that are not touched are
 * shared with the snapshot it began from. `finish` gives the snapshot; nothing that a finished snapshot holds is changed afterwards.
 */
export class Draft {
  readonly defaultSchema: string;
  readonly views: Collection<View>;
  readonly enums: Collection<EnumType>;
  readonly domains: Collection<Domain>;
  readonly compositeTypes: Collection<CompositeType>;
  readonly routines: Collection<Routines>;
  readonly objects: Collection<KindedObject>;
  readonly schemas: Names;
  readonly extensions: Names;
  /** Schemas in which unqualified names are looked up; the first is where they are made. `undefined` is the default schema. */
  searchPath: readonly (string | undefined)[] = [undefined];
  #lists: WholeLists = { schemas: [], extensions: [] };
  #marked: WholeLists = this.#lists;
  #routineList: { readonly of: readonly Routines[]; readonly all: readonly Routine[] } = { of: [], all: [] };
  #objectList: { readonly of: readonly KindedObject[]; readonly all: readonly OtherObject[] } = { of: [], all: [] };
  readonly #tables: Collection<Table>;
  readonly #sequences: Collection<DatabaseSequence>;
  /** Those besides the tables that hold the objects as they are listed. */
  readonly #collections: readonly (readonly [name: Exclude<keyof Lists, 'defaultSchema' | keyof WholeLists | 'tables'>, Collection<Named>])[];
  readonly #names = new NameIndex();

  constructor(snapshot: Snapshot = { tables: [] }) {
    this.defaultSchema = snapshot.defaultSchema ?? 'public';
    this.#tables = new Collection(snapshot.tables);
    this.views = new Collection(snapshot.views);
    this.#sequences = new Collection(snapshot.sequences);
    this.enums = new Collection(snapshot.enums);
    this.domains = new Collection(snapshot.domains);
    this.compositeTypes = new Collection(snapshot.compositeTypes);
    this.routines = new Collection(overloadsOf(snapshot.routines ?? []));
    this.objects = new Collection((snapshot.objects ?? []).map(kinded));
    this.schemas = new Names(snapshot.schemas);
    this.extensions = new Names(snapshot.extensions);
    this.#collections = [
      ['views', this.views],
      ['sequences', this.#sequences],
      ['enums', this.enums],
      ['domains', this.domains],
      ['compositeTypes', this.compositeTypes],
    ];
    for (const table of snapshot.tables) this.#names.follow(undefined, table);
    for (const view of snapshot.views ?? []) this.#names.followView(undefined, view);
    for (const sequence of snapshot.sequences ?? []) this.#names.followSequence(undefined, sequence);
    for (const sequence of snapshot.sequences ?? []) this.#names.relations.set(keyOf(sequence.schema, sequence.name), { kind: 'sequence' });
    for (const type of snapshot.compositeTypes ?? []) this.#names.relations.set(keyOf(type.schema, type.name), { kind: 'compositeType' });
  }

  /** The schema as the model writes it: absent when it is the default one. */
  plainSchema(schema: string | undefined): string | undefined {
    return schema === this.defaultSchema ? undefined : schema;
  }

  table(schema: string | undefined, name: string): Table | undefined {
    return this.#tables.get(schema, name);
  }

  tableByKey(key: string): Table | undefined {
    return this.#tables.byKey(key);
  }

  /** A table as it was at the mark. */
  tableBefore(schema: string | undefined, name: string): Table | undefined {
    const key = keyOf(this.plainSchema(schema), name);
    const touched = this.#tables.touched();
    return touched.has(key) ? touched.get(key) : this.#tables.byKey(key);
  }

  /** Tables that were there at the mark and have been changed or dropped since, as they were. */
  changedTables(): readonly Table[] {
    return present(this.#tables.touched().values());
  }

  get tables(): readonly Table[] {
    return this.#tables.list();
  }

  setTable(table: Table): void {
    this.#names.follow(this.#tables.get(table.schema, table.name), table);
    this.#tables.set(table);
  }

  removeTable(table: Table): void {
    this.#names.follow(table, undefined);
    this.#tables.delete(table.schema, table.name);
  }

  setView(view: View): void {
    this.#names.followView(this.views.get(view.schema, view.name), view);
    this.views.set(view);
  }

  removeView(view: View): void {
    this.#names.followView(view, undefined);
    this.views.delete(view.schema, view.name);
  }

  sequence(schema: string | undefined, name: string): DatabaseSequence | undefined {
    return this.#sequences.get(schema, name);
  }

  get sequences(): readonly DatabaseSequence[] {
    return this.#sequences.list();
  }

  /** Sequences that columns of a table own. `owner` is the table as a sequence names it: `orders`, `billing.orders`. */
  sequencesOwnedBy(owner: string): readonly DatabaseSequence[] {
    return this.#names.ownedSequences(owner).flatMap((key) => this.#sequences.byKey(key) ?? []);
  }

  setSequence(sequence: DatabaseSequence): void {
    this.#names.followSequence(this.#sequences.get(sequence.schema, sequence.name), sequence);
    this.#names.relations.set(keyOf(sequence.schema, sequence.name), { kind: 'sequence' });
    this.#sequences.set(sequence);
  }

  removeSequence(schema: string | undefined, name: string): void {
    this.#names.followSequence(this.#sequences.get(schema, name), undefined);
    this.#names.relations.delete(keyOf(schema, name));
    this.#sequences.delete(schema, name);
  }

  setCompositeType(type: CompositeType): void {
    this.#names.relations.set(keyOf(type.schema, type.name), { kind: 'compositeType' });
    this.compositeTypes.set(type);
  }

  removeCompositeType(schema: string | undefined, name: string): void {
    this.#names.relations.delete(keyOf(schema, name));
    this.compositeTypes.delete(schema, name);
  }

  /** Claims a name that no object of the snapshot shows: the sequence of an identity column. */
  claim(schema: string | undefined, name: string, owner: string): void {
    this.#names.relations.set(keyOf(schema, name), { kind: 'identitySequence', owner });
  }

  /** What a relation name stands for. */
  relation(schema: string | undefined, name: string): Relation | undefined {
    return this.#names.relations.get(keyOf(schema, name));
  }

  hasConstraint(schema: string | undefined, name: string): boolean {
    return this.#names.hasConstraint(keyOf(schema, name));
  }

  /** Tables with a foreign key to this one. */
  referencingTables(table: Table): readonly Table[] {
    return this.#tablesIn(this.#names.referencing(keyOf(table.schema, table.name)));
  }

  /** Partitions of a table, and tables that inherit from it. */
  childrenOf(table: Table): readonly Table[] {
    return this.#tablesIn(this.#names.children(keyOf(table.schema, table.name)));
  }

  tablesWithPolicies(): readonly Table[] {
    return this.#tablesIn(this.#names.withPolicies());
  }

  /** Which schema an unqualified relation name means: the first of the search path that has it, else the one it would be made in. */
  schemaOfRelation(name: string): string | undefined {
    return this.#schemaWith((schema) => this.#names.relations.has(keyOf(schema, name)));
  }

  /** As `schemaOfRelation`, for types; nothing when no schema of the search path has it. */
  schemaOfType(name: string): { readonly schema: string | undefined } | undefined {
    for (const schema of this.searchPath) if (this.hasType(schema, name)) return { schema };
    return undefined;
  }

  hasType(schema: string | undefined, name: string): boolean {
    return (
      this.enums.get(schema, name) !== undefined ||
      this.domains.get(schema, name) !== undefined ||
      this.compositeTypes.get(schema, name) !== undefined ||
      this.objects.get(schema, kindedName('type', name)) !== undefined
    );
  }

  schemaOfRoutine(name: string): string | undefined {
    return this.#schemaWith((schema) => this.routines.get(schema, name) !== undefined);
  }

  object(kind: OtherObject['kind'], schema: string | undefined, name: string): OtherObject | undefined {
    return this.objects.get(schema, kindedName(kind, name))?.object;
  }

  setObject(object: OtherObject): void {
    this.objects.set(kinded(object));
  }

  removeObject(object: OtherObject): void {
    this.objects.delete(object.schema, kindedName(object.kind, object.name));
  }

  /** Starts a new span for `touched`. */
  mark(): void {
    this.#marked = this.#wholeLists();
    this.#tables.mark();
    this.views.mark();
    this.#sequences.mark();
    this.enums.mark();
    this.domains.mark();
    this.compositeTypes.mark();
    this.routines.mark();
    this.objects.mark();
  }

  /** The snapshot at this moment. Kinds of which there is none are absent, `tables` excepted. Lists that did not change are those of the last one. */
  finish(): Snapshot {
    const routines = this.routines.list();
    if (this.#routineList.of !== routines) this.#routineList = { of: routines, all: eachOf(routines) };
    const objects = this.objects.list();
    if (this.#objectList.of !== objects) this.#objectList = { of: objects, all: objects.map(({ object }) => object) };
    return snapshotOf({
      defaultSchema: this.defaultSchema,
      schemas: this.schemas.list(),
      extensions: this.extensions.list(),
      tables: this.#tables.list(),
      views: this.views.list(),
      sequences: this.#sequences.list(),
      enums: this.enums.list(),
      domains: this.domains.list(),
      compositeTypes: this.compositeTypes.list(),
      routines: this.#routineList.all,
      objects: this.#objectList.all,
    });
  }

  /** What was touched since the mark, as it was then and as it is now; with the tables and views named, touched or not. */
  touched(tableNames: readonly { readonly schema?: string; readonly name: string }[] = [], viewsNamed: readonly View[] = []): Touched {
    const tables = this.#tables.changes();
    const named = this.#untouched(tableNames);
    const before = this.#sideWith(this.#marked, tables.before, named);
    const after = this.#sideWith(this.#wholeLists(), tables.after, named);
    for (const [name, collection] of this.#collections) {
      if (collection.touched().size === 0) continue;
      const changes = collection.changes();
      // Each list is of the kind of its name; TypeScript does not follow the name.
      (before as Record<typeof name, readonly Named[]>)[name] = changes.before;
      (after as Record<typeof name, readonly Named[]>)[name] = changes.after;
    }
    if (this.routines.touched().size > 0) {
      const changes = this.routines.changes();
      before.routines = eachOf(changes.before);
      after.routines = eachOf(changes.after);
    }
    if (this.objects.touched().size > 0) {
      const changes = this.objects.changes();
      before.objects = changes.before.map(({ object }) => object);
      after.objects = changes.after.map(({ object }) => object);
    }
    if (viewsNamed.length > 0) {
      const views = viewsNamed.filter(({ schema, name }) => !this.views.touched().has(keyOf(schema, name)));
      before.views = [...(before.views ?? []), ...views];
      after.views = [...(after.views ?? []), ...views];
    }
    return { before: snapshotOf(before), after: snapshotOf(after) };
  }

  /** Those of the tables named that were not touched, each once. */
  #untouched(names: readonly { readonly schema?: string; readonly name: string }[]): readonly Table[] {
    const touched = this.#tables.touched();
    const found: Table[] = [];
    for (const { schema, name } of names) {
      const table = touched.has(keyOf(schema, name)) ? undefined : this.#tables.get(schema, name);
      if (table && !found.includes(table)) found.push(table);
    }
    return found;
  }

  #sideWith({ schemas, extensions }: WholeLists, tables: readonly Table[], named: readonly Table[]): Writable<SomeLists> {
    return { defaultSchema: this.defaultSchema, schemas, extensions, tables: named.length === 0 ? tables : tables.concat(named) };
  }

  /** The same object until one of them changes. */
  #wholeLists(): WholeLists {
    const schemas = this.schemas.list();
    const extensions = this.extensions.list();
    if (this.#lists.schemas !== schemas || this.#lists.extensions !== extensions) this.#lists = { schemas, extensions };
    return this.#lists;
  }

  #schemaWith(has: (schema: string | undefined) => boolean): string | undefined {
    if (this.searchPath.length === 1) return this.searchPath[0];
    for (const schema of this.searchPath) if (has(schema)) return schema;
    return this.searchPath[0];
  }

  #tablesIn(keys: readonly string[]): readonly Table[] {
    return keys.length === 0 ? none : present(keys.map((key) => this.#tables.byKey(key)));
  }
}

const none: readonly Table[] = [];

function kindedName(kind: string, name: string): string {
  return `${kind} ${name}`;
}

function kinded(object: OtherObject): KindedObject {
  return { ...(object.schema === undefined ? {} : { schema: object.schema }), name: kindedName(object.kind, object.name), object };
}

function eachOf(routines: readonly Routines[]): readonly Routine[] {
  const found: Routine[] = [];
  for (const { overloads } of routines) for (const routine of overloads) found.push(routine);
  return found;
}

function overloadsOf(routines: readonly Routine[]): readonly Routines[] {
  const found = new Map<string, { schema?: string; name: string; overloads: Routine[] }>();
  for (const routine of routines) {
    const key = keyOf(routine.schema, routine.name);
    const known = found.get(key);
    if (known) known.overloads.push(routine);
    else found.set(key, { ...(routine.schema === undefined ? {} : { schema: routine.schema }), name: routine.name, overloads: [routine] });
  }
  return [...found.values()];
}
