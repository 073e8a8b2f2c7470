import type { HazardRow } from '@planwright/spec';

const spans = 100;

/** "`ALTER TABLE …`: what was found. Goes another way: Migrations 002 and 005 (set-not-null-scans)". `shown` turns a migration's id into what the document calls it. */
export function hazard({ sql, message, rule, ...fate }: HazardRow, shown: (id: string) => string = (id) => id): string {
  const at = sql === undefined || sql.includes('`') ? '' : `\`${sql.length > spans ? `${sql.slice(0, spans - 1)}…` : sql}\`: `;
  return `${at}${message.replace(/\.$/, '')}. ${fateOf(fate, shown)} (${rule})`;
}

function fateOf({ outcome, migrations = [], reason, by, where }: Omit<HazardRow, 'sql' | 'message' | 'rule'>, shown: (id: string) => string): string {
  const why = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;
  switch (outcome) {
    case 'replaced': {
      const names = migrations.map(shown);
      return `Goes another way: ${names.length === 1 ? 'Migration' : 'Migrations'} ${names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('')}`;
    }
    case 'accepted':
      return `Accepted${by === undefined ? '' : ` by ${by}`}${why}${where === undefined ? '' : `, ${where}`}`;
    case 'kept':
      return `Stays as written${why}`;
  }
}
