import { snakeCase } from '@planwright/analyzer';
import type { Change, PlannedMigration } from '@planwright/spec';
import { slugOf } from '../words.js';

/** The words of a migration's id, without timestamp, number and version marks: `20261120_add_orders` is `add_orders`. */
export function migrationName(id: string): string {
  const name = id
    .split('/')
    .filter((part) => part !== '')
    .at(-1)
    ?.replace(/\.(up\.)?(sql|py|js|ts|xml|yaml)$/i, '')
    .replace(/^[VRU]?\d+(?:[._-]\d+)*(?:__|[_.-])/i, '');
  return snakeCase(name || id);
}

/** Title and slug of the plan from the names of its migrations. */
export function naming(change: Change, migrations: readonly PlannedMigration[]): { readonly title: string; readonly slug: string } {
  const names =
    change.migrations.length > 0 ? change.migrations.map((migration) => migrationName(migration.id)) : migrations.map((migration) => migration.name);
  const words = (names.length === 1 && /^\d+$/.test(names[0] ?? '') ? (migrations[0]?.title ?? names[0] ?? '') : (names[0] ?? '')).replaceAll('_', ' ').trim();
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  const more = names.length - 1;
  return {
    title: more > 0 ? `${title}, and ${more} more ${more === 1 ? 'migration' : 'migrations'}` : title,
    slug: slugOf(more > 0 ? `${words}-and-${more}-more` : words) || 'migration',
  };
}
