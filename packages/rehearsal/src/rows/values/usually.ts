/** How large numbers are in a column of this name. */
export function usually(column: string): number {
  if (/year/i.test(column)) return 2020;
  if (/price|amount|total|cents|balance|size|bytes|count/i.test(column)) return 100000;
  if (/percent|rate|score|age|hour|rank/i.test(column)) return 24;
  return 1000;
}
