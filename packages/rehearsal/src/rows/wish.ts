/** What the values of one column must be like. */
export interface Wish {
  /** Always NULL, or never. */
  readonly presence?: 'null' | 'not null';
  /** SQL expressions; `included` says whether the bound itself will do. */
  readonly low?: Bound;
  readonly high?: Bound;
  /** The only values, as SQL expressions. */
  readonly oneOf?: readonly string[];
  readonly not?: readonly string[];
  /** Characters of a text, bytes of a bytea, elements of an array. */
  readonly shortest?: number;
  readonly longest?: number;
  readonly regex?: string;
  readonly like?: string;
  readonly letters?: 'upper' | 'lower';
  readonly json?: string;
  /** A multiple of this. */
  readonly multiple?: number;
}

export interface Bound {
  readonly sql: string;
  readonly number?: number;
  readonly included: boolean;
}

/** One column's value stands in a relation to another's. */
export interface Relation {
  readonly lesser: string;
  readonly greater: string;
  /** `equal`: both are the same; `or equal`: the lesser may be the same. */
  readonly how: 'less' | 'or equal' | 'equal' | 'different';
}

/** One way to satisfy a condition. */
export interface Way {
  readonly wishes: ReadonlyMap<string, Wish>;
  readonly relations: readonly Relation[];
  /** Parts of the condition were not understood: the database must judge. */
  readonly unsure: boolean;
}

/** Nothing is asked. */
export const anyWay: Way = { wishes: new Map(), relations: [], unsure: false };
/** What is asked was not understood. */
export const unsure: Way = { ...anyWay, unsure: true };
/** More ways of one condition are not looked at. */
export const mostWays = 48;

/** Only this is asked, of one column. */
export function wished(column: string, wish: Wish): Way {
  return { ...anyWay, wishes: new Map([[column, wish]]) };
}

/** Both ways at once; undefined where they contradict each other. */
export function together(one: Way, other: Way): Way | undefined {
  const wishes = new Map(one.wishes);
  for (const [column, wish] of other.wishes) {
    const both = joined(wishes.get(column), wish);
    if (!both) return undefined;
    wishes.set(column, both);
  }
  return { wishes, relations: [...one.relations, ...other.relations], unsure: one.unsure || other.unsure };
}

/** Every way of one list with every way of the other, as far as they agree. */
export function combined(one: readonly Way[], other: readonly Way[]): readonly Way[] {
  const found: Way[] = [];
  for (const left of one)
    for (const right of other) {
      const both = together(left, right);
      if (both) found.push(both);
      if (found.length >= mostWays) return found;
    }
  return found;
}

/** Both wishes at once. */
export function joined(one: Wish | undefined, other: Wish): Wish | undefined {
  if (!one) return other;
  const presence = one.presence ?? other.presence;
  if (one.presence && other.presence && one.presence !== other.presence) return undefined;
  const low = tighter(one.low, other.low, 1);
  const high = tighter(one.high, other.high, -1);
  if (low?.number !== undefined && high?.number !== undefined && low.number > high.number) return undefined;
  const oneOf = one.oneOf && other.oneOf ? one.oneOf.filter((value) => other.oneOf?.includes(value)) : (one.oneOf ?? other.oneOf);
  const not = [...(one.not ?? []), ...(other.not ?? [])];
  const allowed = oneOf?.filter((value) => !not.includes(value));
  if (allowed?.length === 0) return undefined;
  const shortest = Math.max(one.shortest ?? 0, other.shortest ?? 0);
  const longest = Math.min(one.longest ?? Number.POSITIVE_INFINITY, other.longest ?? Number.POSITIVE_INFINITY);
  if (shortest > longest) return undefined;
  return {
    ...one,
    ...other,
    ...(presence && { presence }),
    ...(low && { low }),
    ...(high && { high }),
    ...(allowed && { oneOf: allowed }),
    ...(not.length > 0 && { not }),
    ...(shortest > 0 && { shortest }),
    ...(longest < Number.POSITIVE_INFINITY && { longest }),
  };
}

function tighter(one: Bound | undefined, other: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (!one || !other) return one ?? other;
  if (one.number === undefined || other.number === undefined) return other;
  if (one.number === other.number) return one.included ? other : one;
  return (one.number - other.number) * sign > 0 ? one : other;
}
