/** Something with an order: what it needs first. */
interface Ordered {
  readonly slug?: string;
  readonly dependsOn?: readonly string[];
}

/** What may run side by side, by slug: clusters that have no order between them; what hangs together stays in one. Empty when all follow one another. */
export function sideBySide(items: readonly Ordered[]): readonly (readonly string[])[] {
  const slugs = items.flatMap(({ slug }) => slug ?? []);
  const edges = items.flatMap(({ slug, dependsOn = [] }) => dependsOn.filter((one) => slugs.includes(one)).map((from) => ({ from, to: slug ?? '' })));
  const earlier = new Map(slugs.map((slug) => [slug, before(slug, edges)]));
  const follows = (slug: string, other: string): boolean => earlier.get(slug)?.has(other) ?? false;
  const parallel = slugs.filter((slug) => slugs.some((other) => other !== slug && !follows(slug, other) && !follows(other, slug)));
  return parallel.reduce<readonly (readonly string[])[]>((all, slug) => {
    const own = all.filter((cluster) => edges.some(({ from, to }) => (from === slug && cluster.includes(to)) || (to === slug && cluster.includes(from))));
    return [...all.filter((cluster) => !own.includes(cluster)), [...own.flat(), slug]];
  }, []);
}

/** Everything that must have run before, however far back. A circle ends where it began. */
function before(slug: string, edges: readonly { readonly from: string; readonly to: string }[], seen = new Set<string>()): ReadonlySet<string> {
  for (const { from, to } of edges) {
    if (to !== slug || seen.has(from)) continue;
    seen.add(from);
    before(from, edges, seen);
  }
  return seen;
}
