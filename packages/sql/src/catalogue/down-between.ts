import { quoteIdentifier, quoteLiteral } from '../databases/postgresql/quote.js';
import { conversion } from '../schema/conversion.js';
import { alteredOptions, alteredPrivileges, keptPrivileges, newPrivileges } from './altered.js';
import { type Catalogue, type Definition, definitionKinds } from './definition.js';
import { going, isSame, lateKinds } from './going.js';
import { match } from './match.js';
import { inOrder } from './order.js';
import { renamesBetween } from './renames-between.js';

/** The SQL from one catalogue back to another. */
export interface CatalogueDown {
  /** In the order in which they run, without final semicolons. */
  readonly statements: readonly string[];
  readonly transaction: 'transactional' | 'none';
}

/** Two catalogues of one database. */
export interface CataloguePair {
  readonly before: Catalogue;
  readonly after: Catalogue;
  /** Major version of the PostgreSQL that the way back is to run on, where it is not theirs. */
  readonly version?: number | undefined;
}

/** Before this version NOT NULL is no constraint, and has no name that a statement could give or take. */
const namesNotNull = 18;

/**
 * The statements that lead from the catalogue `after` a migration back to the one `before` it. Both are of the same database: what has the same identity is the same object,
 * so that a rename goes back as a rename and keeps its rows. Only PostgreSQL has such catalogues.
 */
export function downBetween({ before, after, version = namesNotNull }: CataloguePair): CatalogueDown {
  const way = version < namesNotNull ? new WayBack(withoutNotNullNames(after), withoutNotNullNames(before)) : new WayBack(after, before);
  return { statements: way.statements(), transaction: 'transactional' };
}

function withoutNotNullNames({ definitions, ...rest }: Catalogue): Catalogue {
  return {
    ...rest,
    definitions: definitions.map((definition) =>
      definition.column?.notNull ? { ...definition, column: { ...definition.column, notNull: { chosen: false } } } : definition,
    ),
  };
}

class WayBack {
  readonly #matched;
  readonly #going;
  readonly #from: ReadonlyMap<string, Definition>;
  readonly #to: ReadonlyMap<string, Definition>;
  /** Objects of the target that are made with another one. */
  readonly #within = new Set<string>();

  constructor(
    private readonly after: Catalogue,
    private readonly before: Catalogue,
  ) {
    this.#matched = match(after, before);
    this.#going = going(after, this.#matched);
    this.#from = new Map(after.definitions.map((definition) => [definition.id, definition]));
    this.#to = new Map(before.definitions.map((definition) => [definition.id, definition]));
  }

  statements(): readonly string[] {
    const early = this.#earlyDrops();
    const aside = this.#setAside();
    const renames = renamesBetween(this.after, this.#matched, this.#going.dropped, this.#to);
    // A schema that something moves into is there by now.
    const made = this.#makeAndChange().filter((statement) => !renames.includes(statement));
    const settled = this.#settle();
    const late = this.#lateDrops(aside.names);
    const all = [...early, ...aside.statements, ...renames, ...made, ...settled, ...late];
    // A function in SQL is checked when it is made, by names that may come later.
    const checks = made.some((statement) => /^CREATE (OR REPLACE )?(FUNCTION|PROCEDURE)/.test(statement) && /\n LANGUAGE sql\b/.test(statement));
    return checks ? ['SET check_function_bodies = off', ...all, 'RESET check_function_bodies'] : all;
  }

  /** What comes: it is not there, or goes to be made anew. */
  #comes(definition: Definition): boolean {
    const source = this.#matched.source.get(definition.id);
    return source === undefined || this.#going.dropped.has(source.id);
  }

  #earlyDrops(): readonly string[] {
    const { dropped } = this.#going;
    const gone = this.after.definitions.filter(({ id, kind }) => dropped.has(id) && !lateKinds.has(kind));
    const goesWith = (definition: Definition): boolean => {
      const on = definition.on === undefined ? undefined : this.#from.get(definition.on);
      return on !== undefined && dropped.has(on.id) && (!lateKinds.has(on.kind) || definition.kind === 'attribute' || definition.kind === 'domain constraint');
    };
    const statements: string[] = [];
    // The sequence of an identity gives up its name.
    for (const column of this.after.definitions) {
      const wanted = this.#matched.target.get(column.id);
      if (column.column?.identity && wanted?.column && !wanted.column.identity && !dropped.has(column.id) && !column.column.inherited)
        statements.push(`ALTER TABLE ${column.ref} ALTER COLUMN ${quoteIdentifier(column.name)} DROP IDENTITY`);
    }
    // A sequence outlives the column that owned it.
    for (const sequence of this.after.definitions) {
      if (sequence.kind !== 'sequence' || sequence.points === undefined || dropped.has(sequence.id)) continue;
      const owner = this.#from.get(sequence.points);
      if (owner && (dropped.has(owner.id) || dropped.has(owner.on ?? ''))) statements.push(`ALTER SEQUENCE ${sequence.ref} OWNED BY NONE`);
    }
    const links = gone.filter(({ kind }) => kind === 'partition');
    for (const link of links) if (!goesWith(link) && !dropped.has(link.points ?? '')) statements.push(...link.drop);
    const attached = (definition: Definition): boolean => {
      // What a parent gave goes with the parent's, unless the table was let go.
      if (!definition.inherited && !definition.column?.inherited) return false;
      return !links.some(({ on }) => on === (definition.on ?? definition.id));
    };
    const explicit: Definition[] = [];
    for (const definition of gone) {
      if (definition.kind === 'partition' || goesWith(definition) || attached(definition)) continue;
      if (definition.kind === 'sequence' && definition.points !== undefined) {
        const owner = this.#from.get(definition.points);
        if (owner && (dropped.has(owner.id) || goesWith(owner))) continue;
      }
      explicit.push(definition);
    }
    // Needs of what goes along count as needs of what takes it along.
    const carrier = (definition: Definition): Definition => {
      let at = definition;
      while (goesWith(at)) at = this.#from.get(at.on ?? '') ?? at;
      return at;
    };
    const needs = new Map<string, Set<string>>();
    for (const definition of gone) {
      const one = carrier(definition);
      const set = needs.get(one.id) ?? new Set();
      for (const need of definition.needs) {
        const other = this.#from.get(need);
        if (other && carrier(other).id !== one.id) set.add(carrier(other).id);
      }
      needs.set(one.id, set);
    }
    // A foreign key goes by itself where its table and the other one go, so that the tables may go in any order.
    const knots = gone.filter(
      ({ kind, on, points }) =>
        kind === 'foreign key' && on !== points && dropped.has(on ?? '') && dropped.has(points ?? '') && this.#isKnot(on ?? '', points ?? '', needs),
    );
    for (const knot of knots) {
      statements.push(...knot.drop);
      needs.get(carrier(knot).id)?.delete(knot.points ?? '');
    }
    const ordered = inOrder(explicit, ({ id }) => [...(needs.get(id) ?? [])], byKind).reverse();
    return [...statements, ...ordered.flatMap(({ drop }) => drop)];
  }

  #isKnot(one: string, other: string, needs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
    const seen = new Set<string>();
    const stack = [other];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === one) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      stack.push(...(needs.get(at) ?? []));
    }
    return false;
  }

  /** A type that is made anew under its name gives the name up first, for columns of it are changed to the new one. */
  #setAside(): { readonly statements: readonly string[]; readonly names: ReadonlyMap<string, string> } {
    const statements: string[] = [];
    const names = new Map<string, string>();
    const taken = new Set(
      this.before.definitions
        .filter(({ kind }) => ['type', 'table', 'view', 'sequence'].includes(kind))
        .map(({ schema, name }) => JSON.stringify([schema, name])),
    );
    for (const type of this.after.definitions) {
      if (type.kind !== 'type' || !this.#going.dropped.has(type.id) || !taken.has(JSON.stringify([type.schema, type.name]))) continue;
      const name = `${type.name.slice(0, 55)}_replaced`;
      statements.push(`ALTER ${type.word} ${type.ref} RENAME TO ${quoteIdentifier(name)}`);
      names.set(type.id, `${quoteIdentifier(type.schema ?? 'public')}.${quoteIdentifier(name)}`);
    }
    return { statements, names };
  }

  #lateDrops(aside: ReadonlyMap<string, string>): readonly string[] {
    const gone = this.after.definitions.filter(({ id, kind }) => this.#going.dropped.has(id) && lateKinds.has(kind));
    const ordered = inOrder(gone, ({ needs }) => needs, byKind).reverse();
    return ordered.flatMap((definition) => {
      const name = aside.get(definition.id);
      return name === undefined ? definition.drop : [`DROP ${definition.word} ${name}`];
    });
  }

  #makeAndChange(): readonly string[] {
    const coming = this.before.definitions.filter((definition) => this.#comes(definition));
    for (const definition of coming) this.#takeIn(definition);
    const acting = this.before.definitions.filter((definition) => !this.#within.has(definition.id));
    // Needs of what is made with a table are needs of the table.
    const needs = new Map<string, Set<string>>();
    const holder = (id: string): string => {
      const definition = this.#to.get(id);
      return definition && this.#within.has(id) && definition.on !== undefined ? holder(definition.on) : id;
    };
    for (const definition of this.before.definitions) {
      const one = holder(definition.id);
      const set = needs.get(one) ?? new Set();
      for (const need of definition.needs) {
        const other = holder(need);
        if (other === one) continue;
        // Sequences are made before the column that owns them.
        if (definition.kind === 'sequence' && definition.points !== undefined && (need === definition.points || other === holder(definition.points))) continue;
        // An index or constraint of a partition is there before the parent's takes it in.
        if (definition.inherited && need === definition.points) continue;
        set.add(other);
      }
      if (definition.inherited && definition.points !== undefined && definition.kind !== 'foreign key') {
        const parent = needs.get(definition.points) ?? new Set();
        parent.add(one);
        needs.set(definition.points, parent);
      }
      needs.set(one, set);
    }
    const ordered = inOrder(acting, ({ id }) => [...(needs.get(id) ?? [])], byKind);
    return ordered.flatMap((definition) => (this.#comes(definition) ? this.#make(definition) : this.#change(definition)));
  }

  /** Columns, defaults and keys stand in the CREATE TABLE of their table; a default in the ADD COLUMN of its column. */
  #takeIn(definition: Definition): void {
    const on = definition.on === undefined ? undefined : this.#to.get(definition.on);
    if (!on || !this.#comes(on)) return;
    if (definition.kind === 'column' || definition.kind === 'attribute') this.#within.add(definition.id);
    if (definition.kind === 'default' && on.column?.inherited && this.#isAttached(on)) {
      if (this.#parentHas(on, definition)) this.#within.add(definition.id);
    } else if (definition.kind === 'default' && on.kind === 'column' && !this.#reaches(definition, on.on ?? '')) this.#within.add(definition.id);
    if (definition.kind === 'constraint' && definition.inline !== undefined && on.kind === 'table' && !this.#reaches(definition, on.id))
      this.#within.add(definition.id);
  }

  /** Whether the parent's column of the same name has the same default. */
  #parentHas(column: Definition, fallback: Definition): boolean {
    const parents = this.before.definitions.filter(({ kind, on }) => kind === 'partition' && on === column.on).map(({ points }) => points);
    const above = this.before.definitions.find(({ kind, on, name }) => kind === 'column' && name === column.name && parents.includes(on));
    return this.before.definitions.some(({ kind, on, inline }) => kind === 'default' && on === above?.id && inline === fallback.inline);
  }

  /** Whether something it needs, beside the table and its columns, needs the table in turn. */
  #reaches(definition: Definition, table: string): boolean {
    const seen = new Set<string>();
    const stack = definition.needs.filter((need) => need !== table && this.#to.get(need)?.on !== table);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === table || this.#to.get(at)?.on === table) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      const next = this.#to.get(at);
      if (next) stack.push(...next.needs.filter((need) => !(next.kind === 'sequence' && need === next.points)));
    }
    return false;
  }

  #make(definition: Definition): readonly string[] {
    if (definition.kind === 'table') return [this.#createTable(definition)];
    if (definition.kind === 'column') return this.#addColumn(definition);
    if (definition.kind === 'partition') return this.#isInlineInheritance(definition) ? [] : definition.create;
    // A partition's foreign key comes from its parent's, whichever of the two tables is there first.
    if (definition.inherited && (definition.kind === 'foreign key' || this.#parentMakesIt(definition))) return [];
    return definition.create;
  }

  #isInlineInheritance(link: Definition): boolean {
    const child = this.#to.get(link.on ?? '');
    return link.word === 'INHERIT' && child !== undefined && this.#comes(child);
  }

  /** A check or foreign key comes from the parent's where the table is attached to it already. */
  #parentMakesIt(definition: Definition): boolean {
    const table = this.#to.get(definition.on ?? '');
    if (!table || this.#comes(table))
      return this.before.definitions.some((link) => link.kind === 'partition' && link.on === table?.id && link.word === 'INHERIT');
    const child = this.before.definitions.some((link) => link.kind === 'partition' && link.on === table.id && !this.#comes(link));
    return child && definition.kind === 'constraint' && /\bCHECK \(/.test(definition.inline ?? '');
  }

  #isAttached(column: Definition | undefined): boolean {
    return this.before.definitions.some((link) => link.kind === 'partition' && link.on === column?.on && !this.#comes(link));
  }

  #createTable(table: Definition): string {
    const inherits = this.before.definitions.some((link) => link.kind === 'partition' && link.word === 'INHERIT' && link.on === table.id);
    const parts = this.before.definitions.filter(({ on }) => on === table.id);
    const columns = parts.filter(({ kind, column }) => kind === 'column' && !(inherits && column?.inherited)).sort((one, other) => one.order - other.order);
    const constraints = parts.filter(({ id, kind, inherited }) => kind === 'constraint' && this.#within.has(id) && !(inherits && inherited));
    const lines = [...columns.map((column) => this.#columnInline(column)), ...constraints.map(({ inline }) => inline ?? '')];
    const body = lines.length === 0 ? ' ()' : ` (\n  ${lines.join(',\n  ')}\n)`;
    return `${table.create[0]}${body}${table.tail ?? ''}`;
  }

  #columnInline(column: Definition): string {
    const fallback = this.before.definitions.find(({ kind, on }) => kind === 'default' && on === column.id);
    const inDefault = fallback && this.#within.has(fallback.id) ? ` ${fallback.inline}` : '';
    const { notNull } = column.column ?? {};
    const name = notNull?.chosen && notNull.name !== undefined ? ` CONSTRAINT ${quoteIdentifier(notNull.name)}` : '';
    return `${column.inline}${inDefault}${notNull ? `${name} NOT NULL` : ''}`;
  }

  #addColumn(column: Definition): readonly string[] {
    if (column.column?.inherited && this.#isAttached(column)) return [];
    const whole = this.#columnInline(column);
    const { notNull, identity, generated } = column.column ?? {};
    if (!notNull || identity || generated !== undefined || / DEFAULT /.test(whole)) return [`ALTER TABLE ${column.ref} ADD COLUMN ${whole}`];
    // Between the two there is room to put an archive's values back.
    return [`ALTER TABLE ${column.ref} ADD COLUMN ${column.inline}`, setNotNull(column)];
  }

  #change(definition: Definition): readonly string[] {
    const source = this.#matched.source.get(definition.id);
    if (!source) return [];
    if (definition.column) return this.#changeColumn(source, definition);
    if (definition.labels && source.labels && source.id === definition.id)
      return definition.labels.flatMap(({ id, label }) => {
        const now = source.labels?.find((other) => other.id === id)?.label;
        return now === undefined || now === label ? [] : [`ALTER TYPE ${definition.ref} RENAME VALUE ${quoteLiteral(now)} TO ${quoteLiteral(label)}`];
      });
    if (isSame(source, definition)) return [];
    if (definition.kind === 'view') return definition.create.map((text) => text.replace(/^CREATE VIEW/, 'CREATE OR REPLACE VIEW'));
    return definition.create;
  }

  #changeColumn(source: Definition, definition: Definition): readonly string[] {
    const [one, other] = [source.column, definition.column];
    if (!one || !other) return [];
    const statements: string[] = [];
    const name = quoteIdentifier(other.name);
    const retyped = this.#going.retyped.has(source.id);
    const collation = one.collation === other.collation && other.collation === undefined ? '' : ` COLLATE ${other.collation ?? 'pg_catalog."default"'}`;
    if (definition.kind === 'attribute') return retyped ? [`ALTER TYPE ${definition.ref} ALTER ATTRIBUTE ${name} TYPE ${other.type}${collation} CASCADE`] : [];
    const attached = other.inherited && this.#isAttached(definition);
    const alter = `ALTER TABLE ${definition.ref} ALTER COLUMN ${name}`;
    if (retyped && !attached) {
      const rebuilt = one.type === other.type && one.rawType !== other.rawType;
      const typeOf = (text: string): string => text.replace(/\(.*\)/, '');
      const sameFamily = one.type === other.type || typeOf(one.type) === typeOf(other.type);
      const anew = sameFamily && this.#typeIsMadeAnew(source);
      const using =
        anew || (rebuilt && this.#typeIsMadeAnew(source)) ? `${name}::text::${other.type}` : conversion(short(one.type), short(other.type), other.name);
      statements.push(`${alter} TYPE ${other.type}${collation}${using === undefined ? '' : ` USING ${using}`}`);
    }
    if (!attached) {
      if (one.notNull && !other.notNull) statements.push(`${alter} DROP NOT NULL`);
      else if (!one.notNull && other.notNull) statements.push(setNotNull(definition));
      else if (one.notNull?.name !== undefined && other.notNull?.name !== undefined && one.notNull.name !== other.notNull.name)
        statements.push(`ALTER TABLE ${definition.ref} RENAME CONSTRAINT ${quoteIdentifier(one.notNull.name)} TO ${quoteIdentifier(other.notNull.name)}`);
    }
    if (!one.identity && other.identity) statements.push(`${alter} ADD ${other.identity.create}`);
    else if (one.identity && other.identity) {
      if (one.identity.sequence !== other.identity.sequence)
        statements.push(
          `ALTER SEQUENCE ${quoteIdentifier(other.identity.schema)}.${quoteIdentifier(one.identity.sequence)} RENAME TO ${quoteIdentifier(other.identity.sequence)}`,
        );
      if (one.identity.always !== other.identity.always) statements.push(`${alter} SET GENERATED ${other.identity.always ? 'ALWAYS' : 'BY DEFAULT'}`);
      if (one.identity.options !== other.identity.options)
        statements.push(`${alter} ${other.identity.options.replaceAll(/(INCREMENT BY|MINVALUE|MAXVALUE|START WITH|CACHE|NO CYCLE|(?<!NO )CYCLE)/g, 'SET $1')}`);
    }
    return statements;
  }

  #typeIsMadeAnew(column: Definition): boolean {
    return column.needs.some((need) => this.#going.dropped.has(need) && this.#from.get(need)?.kind === 'type' && this.#matched.target.has(need));
  }

  /** Owners, privileges, comments and the like, once everything is there. */
  #settle(): readonly string[] {
    // A sequence can only be owned by a column of its own owner's.
    const late = ({ kind }: Definition): number => Number(kind === 'sequence');
    const sorted = [...this.before.definitions].sort((one, other) => late(one) - late(other) || byKind(one, other));
    return sorted.flatMap((definition) => {
      const source = this.#matched.source.get(definition.id);
      const fresh = source === undefined || this.#going.dropped.has(source.id);
      if (definition.kind === 'default privileges') return [];
      const retyped = source !== undefined && this.#going.retyped.has(source.id);
      const statements: string[] = [];
      for (const setting of definition.settings) {
        const now = source?.settings.find(({ key }) => key === setting.key);
        // The owner of a table is that of the sequences of its columns.
        if (setting.key === 'owner' && !fresh && source?.points !== undefined && definition.points !== undefined && definition.kind === 'sequence') continue;
        const lost = setting.needs !== undefined && !setting.plain && this.#isMade(setting.needs);
        const reset = retyped && (setting.key === 'storage' || setting.key === 'compression') && !setting.plain;
        if (fresh ? !setting.plain : now?.value !== setting.value || lost || reset) statements.push(...setting.statements);
      }
      const was = fresh ? undefined : source;
      for (const setting of was?.settings ?? [])
        if (/^statistics /.test(setting.key) && !definition.settings.some(({ key }) => key === setting.key))
          statements.push(`ALTER INDEX ${definition.ref} ALTER COLUMN ${setting.key.slice(11)} SET STATISTICS -1`);
      const told = fresh && definition.kind !== 'column';
      if (!told) statements.push(...alteredOptions(was?.options?.values ?? {}, definition.options));
      statements.push(
        ...alteredPrivileges(
          was === undefined
            ? newPrivileges(definition, this.after, this.#going.dropped)
            : keptPrivileges(was, ownerIn(this.#from, was), ownerIn(this.#to, definition)),
          definition.grants,
        ),
      );
      return statements;
    });
  }

  #isMade(id: string): boolean {
    const definition = this.#to.get(id);
    return definition !== undefined && this.#comes(definition);
  }
}

/** By the name that somebody chose for the constraint, where the server has one. */
function setNotNull({ ref, name, column }: Definition): string {
  const { notNull } = column ?? {};
  return notNull?.chosen && notNull.name !== undefined
    ? `ALTER TABLE ${ref} ADD CONSTRAINT ${quoteIdentifier(notNull.name)} NOT NULL ${quoteIdentifier(name)}`
    : `ALTER TABLE ${ref} ALTER COLUMN ${quoteIdentifier(name)} SET NOT NULL`;
}

/** The owner of an object; a column's is its table's. */
function ownerIn(all: ReadonlyMap<string, Definition>, { settings, on }: Definition): string | undefined {
  const table = on === undefined ? undefined : all.get(on);
  return settings.find(({ key }) => key === 'owner')?.value ?? (table && ownerIn(all, table));
}

function short(type: string): string {
  return type
    .replace(/^character varying/, 'varchar')
    .replace(/^character\b/, 'char')
    .replace(/^timestamp(\(\d\))? without time zone/, 'timestamp$1')
    .replace(/^timestamp(\(\d\))? with time zone/, 'timestamptz$1')
    .replace(/^time(\(\d\))? without time zone/, 'time$1')
    .replace(/^time(\(\d\))? with time zone/, 'timetz$1');
}

const rank = new Map(definitionKinds.map((kind, place) => [kind, place]));

function byKind(one: Definition, other: Definition): number {
  return (rank.get(one.kind) ?? 0) - (rank.get(other.kind) ?? 0) || one.order - other.order;
}
