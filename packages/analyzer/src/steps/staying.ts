/** What stays as written, as an attempt before has shown: tables, with the reason, and columns (`orders.id`) whose type change does. */
export interface Staying {
  readonly tables: ReadonlyMap<string, string>;
  readonly columns: ReadonlySet<string>;
}

/** The answer of an attempt that has found more of it: what others have counted on is not there, so all of them are decided anew. */
export interface Again {
  readonly again: Partial<Staying>;
}

/** A table that has to stay as written, as an attempt answers it. */
export function againWithout(table: string, reason: string): Again {
  return { again: { tables: new Map([[table, reason]]) } };
}

/** Both; of two reasons, the one that has been known. */
export function stayingWith({ tables, columns }: Staying, more: Partial<Staying>): Staying {
  return { tables: new Map([...(more.tables ?? []), ...tables]), columns: new Set([...columns, ...(more.columns ?? [])]) };
}
