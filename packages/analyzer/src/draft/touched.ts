import type { Snapshot, Table, View } from '@planwright/spec';
import type { Named } from './collection.js';
import { type Lists, type SomeLists, snapshotOf, type Writable } from './snapshot-lists.js';

/** Lists that a side holds whole. */
export interface WholeLists {
  readonly schemas: readonly string[];
  readonly extensions: readonly string[];
}

type ListName = Exclude<keyof Lists, 'defaultSchema' | keyof WholeLists>;

/** What was touched of one list. */
export interface TouchedList {
  readonly name: ListName;
  readonly before: readonly Named[];
  readonly after: readonly Named[];
}

/** What one statement touches, before and after it. */
export class Touched {
  #before: Snapshot | undefined;
  #after: Snapshot | undefined;

  constructor(
    private readonly defaultSchema: string,
    private readonly wholeBefore: WholeLists,
    private readonly wholeAfter: WholeLists,
    private readonly lists: readonly TouchedList[],
    private readonly named: readonly Table[],
    private readonly views: readonly View[] = [],
  ) {}

  get before(): Snapshot {
    this.#before ??= this.side(this.wholeBefore, 'before');
    return this.#before;
  }

  get after(): Snapshot {
    this.#after ??= this.side(this.wholeAfter, 'after');
    return this.#after;
  }

  private side(whole: WholeLists, side: 'before' | 'after'): Snapshot {
    const found: Writable<SomeLists> = { defaultSchema: this.defaultSchema, schemas: whole.schemas, extensions: whole.extensions, tables: [] };
    // Each list is of the kind of its name; TypeScript does not follow the name.
    for (const list of this.lists) (found as Record<TouchedList['name'], readonly Named[]>)[list.name] = list[side];
    if (this.views.length > 0) found.views = [...(found.views ?? []), ...this.views];
    if (this.named.length > 0) found.tables = [...found.tables, ...this.named];
    return snapshotOf(found);
  }
}
