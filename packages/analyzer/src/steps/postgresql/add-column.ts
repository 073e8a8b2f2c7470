import { typeDefinition } from '@planwright/sql';
import { identityDefinition, quoteLiteral } from '@planwright/sql/postgresql';
import { serialType } from '../../apply/written-type.js';
import { defaultVolatility } from '../../verdicts/postgresql/default-volatility.js';
import { besideSql, columnIn, joined, nameSql, onOf, type Recipe, tableSql } from '../asked.js';
import { presence } from './not-null.js';

/** ADD COLUMN whose value differs from row to row, or that rows that exist can't have yet: the column first, its values in batches, what it demands last. */
export const addColumn: Recipe<'addColumn'> = (asked) => {
  const { operation, before, after } = asked;
  const on = onOf(operation);
  const made = columnIn(after, on, operation.column.name);
  if (!made || columnIn(before, on, operation.column.name)) return { kept: 'the column after the change is not known' };
  if (made.generated)
    return {
      kept: `PostgreSQL cannot make a generated column of one that is there, so the table is written anew with its values. Without that: a plain column, a trigger that computes it and a backfill in batches, which ends without GENERATED; ${asked.version < 18 ? 'from PostgreSQL 18 on ' : ''}a VIRTUAL column, which is computed when it is read, writes nothing`,
    };
  const domain = after.domains?.find(({ name }) => name === made.type.replaceAll('"', ''));
  if (domain)
    return {
      kept: `the domain \`${domain.name}\` is checked for every row when the column is added. Without that: a column of type ${domain.type}${(domain.checks ?? []).map(({ expression }) => `, CHECK (${expression.replace(/\bvalue\b/gi, nameSql(made.name))}) NOT VALID and VALIDATE`).join('')}, which ends without the domain`,
    };
  const name = nameSql(made.name);
  const { notNull, default: written, identity, identityOptions, comment: _, ...bare } = made;
  const add = (why: string) => ({ kind: 'alter', stage: 'add columns', table: on, action: `ADD COLUMN ${name} ${typeDefinition(bare)}`, why }) as const;
  const setDefault = (expression: string) =>
    ({ kind: 'alter', stage: 'defaults', table: on, action: `ALTER COLUMN ${name} SET DEFAULT ${expression}` }) as const;
  const fill = (expression: string) => ({ set: { [made.name]: expression }, where: `${name} IS NULL`, ownColumns: true });
  const whyBare = 'Without its default no row is written: rows that exist get their value in batches.';
  if (identity !== undefined) {
    const helper = joined(on.table, made.name, 'fill_seq');
    const sequence = besideSql(on, helper);
    const next = `nextval(${quoteLiteral(sequence)})`;
    const statement = (sql: string, why?: string) =>
      ({ kind: 'statement', stage: 'use index', table: on, sql, ...(why === undefined ? {} : { why }) }) as const;
    return {
      steps: [
        {
          kind: 'statement',
          stage: 'add columns',
          table: on,
          sql: `CREATE SEQUENCE ${sequence}`,
          why: 'It numbers the rows until the column has a sequence of its own.',
        },
        add(whyBare),
        setDefault(next),
        ...presence(on, made.name),
        statement(`ALTER TABLE ${tableSql(on)} ALTER COLUMN ${name} DROP DEFAULT`),
        statement(
          `ALTER TABLE ${tableSql(on)} ALTER COLUMN ${name} ADD ${identityDefinition(identity, identityOptions)}`,
          'Every row has its number: a brief ACCESS EXCLUSIVE.',
        ),
        statement(
          `SELECT setval(pg_get_serial_sequence(${quoteLiteral(tableSql(on))}, ${quoteLiteral(made.name)}), ${next}, false)`,
          'The numbers go on where the helper stopped.',
        ),
        statement(`DROP SEQUENCE ${sequence}`),
      ],
      fills: [fill(next)],
    };
  }
  if (serialType(operation.column.type) !== undefined && written !== undefined) {
    const sequence = after.sequences?.find(({ ownedBy }) => ownedBy?.endsWith(`${on.table}.${made.name}`));
    if (!sequence) return { kept: 'the sequence of the column is not known' };
    const named = besideSql(on, sequence.name);
    return {
      steps: [
        {
          kind: 'statement',
          stage: 'add columns',
          table: on,
          sql: `CREATE SEQUENCE ${named}${sequence.type === undefined || sequence.type === 'bigint' ? '' : ` AS ${sequence.type}`}`,
        },
        add(whyBare),
        { kind: 'statement', stage: 'add columns', table: on, sql: `ALTER SEQUENCE ${named} OWNED BY ${tableSql(on)}.${name}` },
        setDefault(written),
        ...(notNull ? presence(on, made.name) : []),
      ],
      fills: [fill(written)],
    };
  }
  if (written !== undefined && defaultVolatility(written) !== 'constant') {
    return {
      steps: [add(whyBare), setDefault(written), ...(notNull ? presence(on, made.name) : [])],
      fills: [fill(written)],
    };
  }
  if (notNull && written === undefined) {
    const shown = `\`${on.table}.${made.name}\``;
    return {
      steps: [
        add(`\`${made.name}\` comes without NOT NULL, so that rows that exist and the release of today may leave it out.`),
        ...presence(on, made.name, {
          release: `gives ${shown} a value`,
          condition: `every row has a value in ${shown}: SELECT count(*) FROM ${tableSql(on)} WHERE ${name} IS NULL gives 0`,
        }),
      ],
    };
  }
  return { kept: 'no step of it can be taken apart' };
};
