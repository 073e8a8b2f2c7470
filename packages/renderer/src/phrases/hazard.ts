import type { HazardRow } from '@planwright/spec';
import { listed } from './listed.js';

const spans = 100;

/** The hazards of a change, a text for each statement: what was found in it, each with its rule, and what becomes of it. Findings that share their fate share its words. */
export function hazards(rows: readonly HazardRow[], shown: (id: string) => string = (id) => id): readonly string[] {
  const byStatement = new Map<string, HazardRow[]>();
  for (const [index, row] of rows.entries()) {
    const key = row.statement ?? row.sql ?? `${index}`;
    byStatement.set(key, [...(byStatement.get(key) ?? []), row]);
  }
  return [...byStatement.values()].map((own) => {
    const [first] = own;
    if (first === undefined) return '';
    const byFate = new Map<string, HazardRow[]>();
    for (const row of own) byFate.set(wayOf(row, shown), [...(byFate.get(wayOf(row, shown)) ?? []), row]);
    const parts = [...byFate].map(([way, alike]) => {
      if (alike.length === 1 && alike[0]) return told(alike[0], shown);
      const reasons = [
        ...new Set(alike.flatMap(({ outcome, reason, rule }) => (outcome === 'replaced' && reason !== undefined ? [`${reason} (${rule})`] : []))),
      ];
      return `${alike.map(({ message, rule }) => `${ended(message)} (${rule})`).join('; ')}. ${way}${reasons.length > 0 ? `; ${reasons.join('; ')}` : ''}`;
    });
    return `${statementOf(first)}${parts.join('. ')}`;
  });
}

function statementOf({ sql }: HazardRow): string {
  return sql === undefined || sql.includes('`') ? '' : `\`${sql.length > spans ? `${sql.slice(0, spans - 1)}…` : sql}\`: `;
}

function told(row: HazardRow, shown: (id: string) => string): string {
  const { message, rule, outcome, reason } = row;
  const stays = outcome === 'replaced' && reason !== undefined ? `; ${ended(reason)}` : '';
  return `${ended(message)}. ${wayOf(row, shown)}${stays} (${rule})`;
}

function wayOf({ outcome, migrations = [], reason, by, where }: HazardRow, shown: (id: string) => string): string {
  const why = reason === undefined ? '' : `: ${ended(reason)}`;
  switch (outcome) {
    case 'replaced': {
      const names = migrations.map(shown);
      return `In this plan: ${names.length === 1 ? 'Migration' : 'Migrations'} ${listed(names)}`;
    }
    case 'accepted':
      return `Accepted${by === undefined ? '' : ` by ${by}`}${why}${where === undefined ? '' : `, ${where}`}`;
    case 'kept':
      return reason?.startsWith('Stays as written') ? ended(reason) : `Stays as written${why}`;
  }
}

function ended(text: string): string {
  return text.replace(/\.$/, '');
}
