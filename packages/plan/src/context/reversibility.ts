import { applyOperations, FirstFills } from '@planwright/analyzer';
import type { PlannedMigration, Reversibility } from '@planwright/spec';
import { reversibilityOf } from '@planwright/sql';
import type { Survey } from '../survey.js';
import { presupposedSchema } from './presupposed-schema.js';

/** Whether each planned migration can be taken back, by its id: the schema is followed through the sequence. */
export function reversibilities({ migrations, schema: { before }, database }: Survey): ReadonlyMap<PlannedMigration['id'], Reversibility> {
  let schema = presupposedSchema(
    before,
    migrations.flatMap(({ statements }) => statements.flatMap(({ operations }) => operations)),
  );
  const firstFills = new FirstFills();
  return new Map(
    migrations.map(({ id, statements }) => {
      const start = schema;
      firstFills.begin();
      const ups = statements.map((statement) => {
        const up = { ...statement, before: schema, fills: firstFills.of(statement.operations) };
        schema = applyOperations(schema, statement.operations).snapshot;
        return up;
      });
      return [id, reversibilityOf({ database, before: start, after: schema, statements: ups })];
    }),
  );
}
