/** Items in an order in which each comes after those that it needs; where nothing tells, `compare` does. A circle is cut where it is met. */
export function inOrder<Item extends { readonly id: string }>(
  items: readonly Item[],
  needsOf: (item: Item) => readonly string[],
  compare: (one: Item, other: Item) => number,
): Item[] {
  const sorted = [...items].sort(compare);
  const byId = new Map(sorted.map((item) => [item.id, item]));
  const done = new Set<string>();
  const answer: Item[] = [];
  for (const start of sorted) {
    // With a stack of its own: a chain of views may be long.
    const stack: { readonly item: Item; readonly needs: readonly Item[]; place: number }[] = [];
    const enter = (item: Item): void => {
      if (done.has(item.id)) return;
      done.add(item.id);
      const needs = needsOf(item)
        .flatMap((id) => byId.get(id) ?? [])
        .sort(compare);
      stack.push({ item, needs, place: 0 });
    };
    enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.needs[top.place++];
      if (next) enter(next);
      else {
        answer.push(top.item);
        stack.pop();
      }
    }
  }
  return answer;
}
