import type { Context, ValidationQuery } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import type { Survey } from '../survey.js';
import { afterBackfill } from './after-backfill.js';
import { afterMigration } from './after-migration.js';
import { beforeUnique } from './before-unique.js';
import type { Check } from './check.js';
import { preflight } from './preflight.js';

/** Every query of the plan: those about the whole change, and those of each migration. Ids follow the order: P1… before, B1… after a backfill, V1… after a migration. */
export interface Validation {
  readonly change: ValidationQuery[];
  readonly migrations: ReadonlyMap<string, ValidationQuery[]>;
}

/** Makes the validation queries. Ids in use by given queries are left to them. */
export function validation(survey: Survey, context: Context, quoting: Quoting): Validation {
  const taken = new Set([...(context.validation ?? []), ...survey.migrations.flatMap((migration) => migration.validation ?? [])].map((query) => query.id));
  const counters = { P: 0, B: 0, V: 0 };
  const numbered =
    (letter: keyof typeof counters) =>
    (check: Check): ValidationQuery => {
      do counters[letter]++;
      while (taken.has(`${letter}${counters[letter]}`));
      return { id: `${letter}${counters[letter]}`, ...check };
    };
  const change = [
    ...preflight(survey, context, quoting).map(numbered('P')),
    ...[...afterBackfill(survey, quoting), ...beforeUnique(survey, quoting)].map(numbered('B')),
  ];
  const migrations = new Map(
    survey.migrations.map((migration) => [migration.id, migration.validation ?? afterMigration(migration, survey, quoting).map(numbered('V'))]),
  );
  return { change, migrations };
}
