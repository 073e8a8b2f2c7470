import type { OpenQuestion } from '../open-question.js';

/** "003_add_order_columns.sql": what a migration's file is called; where every file has the same name (`migration.sql`, `up.sql`), its folder. */
export function migrationFile({ file, name }: { readonly file?: string | OpenQuestion; readonly name: string }): string {
  if (typeof file !== 'string') return name;
  // What does not look like a path is not taken apart.
  if (!/^[\p{L}\p{N}_./@+ -]+$/u.test(file)) return file;
  const [last = name, folder = last] = file.split('/').reverse();
  return /^(?:migration|up)\.\w+$/.test(last) ? folder : last;
}
