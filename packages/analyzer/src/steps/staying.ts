/** What stays as written, as an attempt before has shown: tables, with the reason, columns (`orders.id`) whose type change does, and constraints (`orders.orders_status_check`) and indexes that go where they are dropped. */
export interface Staying {
  readonly tables: ReadonlyMap<string, string>;
  readonly columns: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
}

/** The answer of an attempt that has found more of it: what others have counted on is not there, so all of them are decided anew. */
export interface Again {
  readonly again: Partial<Staying>;
}

/** A table that has to stay as written, as an attempt answers it. */
export function againWithout(table: string, reason: string): Again {
  return { again: { tables: new Map([[table, reason]]) } };
}

export const nothingStays: Staying = { tables: new Map(), columns: new Set(), dropped: new Set() };

/** Both; of two reasons, the one that has been known. */
export function stayingWith(known: Staying, more: Partial<Staying>): Staying {
  return {
    tables: new Map([...(more.tables ?? []), ...known.tables]),
    columns: new Set([...known.columns, ...(more.columns ?? [])]),
    dropped: new Set([...known.dropped, ...(more.dropped ?? [])]),
  };
}
