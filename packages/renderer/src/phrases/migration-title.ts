import type { PlannedMigration } from '@planwright/spec';

/** "Add order columns": what a migration is called in a heading; made from its name, without the number in front, when nobody has named it. */
export function migrationTitle({ title, name }: Pick<PlannedMigration, 'title' | 'name'>): string {
  if (title !== undefined) return title;
  const words = name
    .replace(/^[vV]?\d[\d._-]*(?=\D)/, '')
    .replace(/[_-]+/g, ' ')
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
