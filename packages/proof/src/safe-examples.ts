import type { PlannedMigration, Sequence } from '@planwright/spec';

/** A sequence as SQL to read: what each migration is for, how it runs and what it waits for, and why its statements have this form. */
export function sequenceText({ migrations, gates = [] }: Sequence): string {
  return `${migrations
    .map((migration) => {
      const gate = gates.find(({ id }) => id === migration.gateBefore);
      return [
        ...(gate
          ? [
              comment(`Gate ${gate.id}: ${gate.title}`),
              ...(gate.demand && !gate.title.includes(gate.demand) ? [comment(`R1 ${gate.demand}`)] : []),
              ...(gate.conditions ?? []).map((text) => comment(`Condition: ${text}`)),
              '',
            ]
          : []),
        ...head(migration),
        ...migration.statements.flatMap(({ why, sql }) => [...(why === undefined ? [] : [comment(why)]), `${sql};`, '']),
      ].join('\n');
    })
    .join('\n')
    .trimEnd()}\n`;
}

function head({ id, name, phase, transaction, transactionReason, purpose, reversibility }: PlannedMigration): readonly string[] {
  return [
    comment(`${id} ${name}`),
    ...(purpose === undefined ? [] : [comment(purpose)]),
    comment(`Phase: ${phase ?? 'as written'}. Transaction: ${transaction === 'none' ? `no (${transactionReason ?? 'each statement commits'})` : 'yes'}`),
    comment(`Way back: ${reversibility?.kind ?? 'not known'}${reversibility?.reason === undefined ? '' : ` (${reversibility.reason})`}`),
  ];
}

/** A comment, a hundred characters a line. */
function comment(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 120) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`-- ${word}`);
  }
  return lines.join('\n');
}
