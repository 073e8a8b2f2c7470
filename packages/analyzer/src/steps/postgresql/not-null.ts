import type { On } from '../../lock-facts/postgresql/surroundings.js';
import { joined, nameSql, type Recipe } from '../asked.js';
import type { Need, Step } from '../step.js';

/** Makes a column NOT NULL behind a validated check: no scan under ACCESS EXCLUSIVE. With a need, running code must write no NULL first. */
export function presence(on: On, column: string, need?: Need): readonly Step[] {
  const check = nameSql(joined(on.table, column, 'present'));
  const name = nameSql(column);
  const gated = need !== undefined;
  return [
    {
      kind: 'alter',
      stage: gated ? 'constraints for release' : 'constraints after backfill',
      table: on,
      action: `ADD CONSTRAINT ${check} CHECK (${name} IS NOT NULL) NOT VALID`,
      why: 'NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.',
      ...(need ? { need } : {}),
    },
    validation(on, check, gated),
    {
      kind: 'alter',
      stage: gated ? 'require' : 'prove',
      table: on,
      action: `ALTER COLUMN ${name} SET NOT NULL`,
      why: 'The valid check proves it, so no row is read.',
    },
    {
      kind: 'alter',
      stage: gated ? 'drop required proof' : 'drop proof',
      table: on,
      action: `DROP CONSTRAINT ${check}`,
      why: 'A statement of its own: in one ALTER TABLE the DROP would run first, and SET NOT NULL would scan under ACCESS EXCLUSIVE.',
    },
  ];
}

/** VALIDATE, apart from everything else. */
export function validation(on: On, constraint: string, gated: boolean): Step {
  return {
    kind: 'alter',
    stage: gated ? 'validate for release' : 'validate',
    table: on,
    action: `VALIDATE CONSTRAINT ${constraint}`,
    why: 'Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE or its transaction: a stronger lock would be held for the scan.',
  };
}

export const setNotNull: Recipe<'setNotNull'> = ({ operation, breaks, interim }) => {
  const on: On = operation.schema === undefined ? { table: operation.table } : { schema: operation.schema, table: operation.table };
  return {
    steps: presence(on, interim(on, operation.column), breaks ? { release: `writes no NULL to \`${operation.table}.${operation.column}\`` } : undefined),
  };
};
