import { listed } from './listed.js';

/** What ways back lose, like beside like: "rows written to orders and invoices since" instead of once for each table. The order of the first of each kind stays. */
export function losses(loses: readonly string[] | undefined): readonly string[] {
  const objects = new Map<string, string[]>();
  for (const loss of new Set(loses)) {
    const [, kind, object] = sinceWritten.exec(loss) ?? [];
    const key = kind ?? loss;
    const known = objects.get(key);
    if (known) known.push(...(object === undefined ? [] : [object]));
    else objects.set(key, object === undefined ? [] : [object]);
  }
  return [...objects].map(([key, names]) => (names.length === 0 ? key : `${key} ${listed(names)} since`));
}

const sinceWritten = /^((?:rows|values) written to) (.+) since$/;
