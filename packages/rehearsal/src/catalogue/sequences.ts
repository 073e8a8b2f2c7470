import type { DatabaseSequence } from '@planwright/spec';
import type { Engine } from '../engine.js';
import { present } from './present.js';
import { plainName, queryIn, standsAlone, userSchema } from './scope.js';

/** What `pg_sequence` holds of a sequence, and the bounds of its type. */
export interface SequenceOptions {
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly typeMinimum: string;
  readonly typeMaximum: string;
}

interface SequenceRow extends SequenceOptions {
  readonly schema: string | null;
  readonly name: string;
  readonly type: string | null;
  readonly ownedBy: string | null;
}

/** The sequence of an identity column as JSON; a partition has none of its own. */
export function numberingOf(column: string): string {
  return `(SELECT jsonb_build_object('start', s.seqstart::text, 'increment', s.seqincrement::text, 'minimum', s.seqmin::text, 'maximum', s.seqmax::text,
      'cache', s.seqcache::text, 'cycle', s.seqcycle, 'typeMinimum', ${bound('32768', '2147483648', '9223372036854775808', '-')},
      'typeMaximum', ${bound('32767', '2147483647', '9223372036854775807', '')})
    FROM pg_depend x JOIN pg_sequence s ON s.seqrelid = x.objid
    WHERE x.classid = 'pg_class'::regclass AND x.refclassid = 'pg_class'::regclass AND x.refobjid = ${column}.attrelid AND x.refobjsubid = ${column}.attnum AND x.deptype = 'i')`;
}

function bound(small: string, plain: string, big: string, sign: '' | '-'): string {
  return `CASE s.seqtypid WHEN 21 THEN '${sign}${small}' WHEN 23 THEN '${sign}${plain}' ELSE '${sign}${big}' END`;
}

/** Reads sequences: those owned by a serial column with the column that owns them, and not those of identity columns. */
export async function readSequences(engine: Engine, defaultSchema: string): Promise<DatabaseSequence[]> {
  const rows = await queryIn<SequenceRow>(
    engine,
    `SELECT nullif(n.nspname, $1) AS schema, c.relname AS name, nullif(format_type(s.seqtypid, NULL), 'bigint') AS type,
      (SELECT ${plainName('tn.nspname', 't.relname')} || '.' || a.attname
        FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a') AS "ownedBy",
      s.seqstart::text AS start, s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum,
      s.seqcache::text AS cache, s.seqcycle AS cycle,
      ${bound('32768', '2147483648', '9223372036854775808', '-')} AS "typeMinimum",
      ${bound('32767', '2147483647', '9223372036854775807', '')} AS "typeMaximum"
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userSchema} AND ${standsAlone("'pg_class'::regclass", 'c.oid')}
    ORDER BY n.nspname, c.relname`,
    defaultSchema,
  );
  return rows.map(({ schema, name, type, ownedBy, ...row }) => {
    const options = unusualOptions(row);
    return { name, ...present({ schema, type, ownedBy }), ...(Object.keys(options).length > 0 ? { options } : {}) };
  });
}

/** The options that CREATE SEQUENCE would not choose by itself. A descending sequence runs from -1 down. */
export function unusualOptions(row: SequenceOptions): Record<string, string> {
  const descending = row.increment.startsWith('-');
  const minimum = descending ? row.typeMinimum : '1';
  const maximum = descending ? '-1' : row.typeMaximum;
  return {
    ...(row.start === (descending ? row.maximum : row.minimum) ? {} : { start: row.start }),
    ...(row.increment === '1' ? {} : { increment: row.increment }),
    ...(row.minimum === minimum ? {} : { minvalue: row.minimum }),
    ...(row.maximum === maximum ? {} : { maxvalue: row.maximum }),
    ...(row.cache === '1' ? {} : { cache: row.cache }),
    ...(row.cycle ? { cycle: 'true' } : {}),
  };
}
