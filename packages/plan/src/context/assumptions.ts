import type { Assumption, Context } from '@planwright/spec';
import { counted } from '../words.js';

const databaseNames = { postgresql: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite' } as const;

/** What the plan believes without having been told. */
export function assumptions(context: Context): Assumption[] {
  const { version, versionBasis, database } = context.target;
  const { earlier, before } = context.change;
  const texts = [
    'Requirements approved',
    'Production access available',
    ...(version && versionBasis === 'default' ? [`Production runs ${databaseNames[database]} ${version}: no version was given or found`] : []),
    ...(before && earlier
      ? [
          `Production has the schema that the ${earlier === 1 ? 'earlier migration makes' : `${counted(earlier, 'earlier migration')} make`}, and nothing was changed by hand`,
        ]
      : []),
  ];
  return texts.map((text, position) => ({ id: `A${position + 1}`, text }));
}
