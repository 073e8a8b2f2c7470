/** Whether a condition reaches only rows that hold NULL in each of the columns: then an update overwrites nothing. */
export function reachesOnlyNull(where: string | undefined, columns: readonly string[]): boolean {
  if (where === undefined || /\bor\b/i.test(where)) return false;
  return columns.every((column) => new RegExp(`(^|[^\\w])"?${column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"?\\s+is\\s+null`, 'i').test(where));
}
