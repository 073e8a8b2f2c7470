import type { Lock, Snapshot, View } from '@planwright/spec';
import { type StatementFacts, tableText } from '../../verdicts/statement-facts.js';
import { onOf, type Surroundings } from './surroundings.js';

/** Views that are there before a statement and not after it, those on views among them. */
export function viewsGone({ before, after }: { readonly before: Snapshot; readonly after: Snapshot }): readonly View[] {
  const kept = new Set((after.views ?? []).map(tableText));
  return (before.views ?? []).filter((view) => !kept.has(tableText(view)));
}

/** The locks on those. */
export function lostViews(facts: StatementFacts): readonly Lock[] {
  return viewsGone(facts).map((view) => ({ relation: tableText(view), mode: 'ACCESS EXCLUSIVE', held: 'brief' }));
}

/** What a CASCADE takes: every table that is changed or dropped by it, the tables at the other end of foreign keys that go, and views. */
export function lostObjects(around: Surroundings): readonly Lock[] {
  const { before, after } = around.facts;
  const kept = new Map(after.tables.map((table) => [tableText(table), table]));
  const changed = before.tables.filter((table) => kept.get(tableText(table)) !== table);
  const partners = changed.flatMap((table) => {
    const names = new Set(kept.get(tableText(table))?.constraints?.map(({ name }) => name));
    return around.keysOf(onOf(table)).filter(({ name }) => !names.has(name));
  });
  return [
    // Partitions lose their copies of a trigger, which the model keeps on the parent only.
    ...changed.flatMap((table) => around.partner(onOf(table), 'ACCESS EXCLUSIVE')),
    ...partners.flatMap(({ references }) => around.partner(references, 'ACCESS EXCLUSIVE')),
    ...lostViews(around.facts),
  ];
}
