import type {
  AlterCompositeTypeOperation,
  AlterDomainOperation,
  AlterSequenceOperation,
  CompositeType,
  CreateViewOperation,
  DatabaseSequence,
  Domain,
  ObjectKind,
  Snapshot,
} from '@planwright/spec';
import { aligned, block, words } from '../../../written.js';
import { quoteIdentifier } from '../quote.js';
import { comment } from './attached.js';
import { columnCells, columnDefinition, defaultExpression } from './column.js';
import { constraintDefinition } from './constraint.js';
import { createIndex } from './index-definition.js';
import { collation, dotted, list, optionList, qualified } from './names.js';
import { sequenceOptions } from './sequence-options.js';
import { queryOfView } from './view-star.js';

/** CREATE SEQUENCE. */
export function createSequence(sequence: DatabaseSequence, ifNotExists = false): string {
  return words(
    'CREATE SEQUENCE',
    ifNotExists && 'IF NOT EXISTS',
    qualified(sequence.schema, sequence.name),
    sequence.type !== undefined && `AS ${sequence.type}`,
    sequenceOptions(sequence.options ?? {}),
    sequence.ownedBy !== undefined && `OWNED BY ${dotted(sequence.ownedBy)}`,
  );
}

/** ALTER SEQUENCE: the changes as written, or those that the operation names. */
export function alterSequence({ schema, name, changes, ownedBy, restart, integerType }: AlterSequenceOperation): string | undefined {
  const parts =
    changes ??
    words(
      integerType !== undefined && `AS ${integerType}`,
      restart && 'RESTART',
      ownedBy !== undefined && `OWNED BY ${ownedBy.toLowerCase() === 'none' ? 'NONE' : dotted(ownedBy)}`,
    );
  return parts === '' ? undefined : `ALTER SEQUENCE ${qualified(schema, name)} ${parts}`;
}

/** CREATE DOMAIN. */
export function createDomain(domain: Domain): string {
  return words(
    `CREATE DOMAIN ${qualified(domain.schema, domain.name)} AS ${domain.type}`,
    domain.collation !== undefined && `COLLATE ${collation(domain.collation)}`,
    domain.default !== undefined && `DEFAULT ${defaultExpression(domain.default)}`,
    domain.notNull && 'NOT NULL',
    // A check that was added later may be NOT VALID, which CREATE DOMAIN does not take.
    ...(domain.checks ?? []).map((check) => constraintDefinition({ ...check, notValid: false })),
  );
}

/** ALTER DOMAIN; nothing when the operation does not hold what its action needs. */
export function alterDomain(operation: AlterDomainOperation): string | undefined {
  const action = domainAction(operation);
  return action === undefined ? undefined : `ALTER DOMAIN ${qualified(operation.schema, operation.name)} ${action}`;
}

function domainAction({ action, default: value, check, constraint, to }: AlterDomainOperation): string | undefined {
  switch (action) {
    case 'set default':
      return value === undefined ? undefined : `SET DEFAULT ${value}`;
    case 'add constraint':
      return check && `ADD ${constraintDefinition(check)}`;
    case 'drop constraint':
    case 'validate constraint':
      return constraint === undefined ? undefined : `${action.toUpperCase()} ${quoteIdentifier(constraint)}`;
    case 'rename constraint':
      return constraint === undefined || to === undefined ? undefined : `RENAME CONSTRAINT ${quoteIdentifier(constraint)} TO ${quoteIdentifier(to)}`;
    default:
      return action.toUpperCase();
  }
}

/** CREATE TYPE … AS (…). */
export function createCompositeType({ schema, name, attributes }: CompositeType): string {
  const body = attributes.length === 0 ? '()' : block(aligned(attributes.map((attribute) => columnCells(asAttribute(attribute)))));
  return `CREATE TYPE ${qualified(schema, name)} AS ${body}`;
}

/** ALTER TYPE … ATTRIBUTE. */
export function alterCompositeType({ schema, name, action, attribute, to }: AlterCompositeTypeOperation): string | undefined {
  const on = `ALTER TYPE ${qualified(schema, name)}`;
  const column = quoteIdentifier(attribute.name);
  switch (action) {
    case 'add':
      return `${on} ADD ATTRIBUTE ${columnDefinition(asAttribute(attribute))}`;
    case 'drop':
      return `${on} DROP ATTRIBUTE ${column}`;
    case 'alter':
      return words(`${on} ALTER ATTRIBUTE ${column} TYPE ${attribute.type}`, attribute.collation && `COLLATE ${collation(attribute.collation)}`);
    case 'rename':
      return to === undefined ? undefined : `${on} RENAME ATTRIBUTE ${column} TO ${quoteIdentifier(to)}`;
  }
}

/** An attribute has a name, a type and perhaps a collation. */
function asAttribute({ name, type, collation: collated }: { name: string; type: string; collation?: string }): {
  name: string;
  type: string;
  collation?: string;
} {
  return { name, type, ...(collated === undefined ? {} : { collation: collated }) };
}

/** CREATE VIEW with its comment, or CREATE MATERIALIZED VIEW with its indexes too. */
export function createView({ view, orReplace, ifNotExists, withNoData }: CreateViewOperation, before: Snapshot | undefined): readonly string[] {
  const name = qualified(view.schema, view.name);
  const on = { ...(view.schema === undefined ? {} : { schema: view.schema }), table: view.name };
  const kind = view.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
  return [
    words(
      'CREATE',
      orReplace && !view.materialized && 'OR REPLACE',
      kind,
      ifNotExists && view.materialized && 'IF NOT EXISTS',
      name,
      view.columns !== undefined && view.columns.length > 0 && list(view.columns),
      view.options !== undefined && Object.keys(view.options).length > 0 && `WITH (${optionList(view.options)})`,
      `AS\n${queryOfView(view, before)}`,
      withNoData && view.materialized && 'WITH NO DATA',
    ),
    ...(view.indexes ?? []).map((index) => createIndex({ type: 'createIndex', ...on, index })),
    ...(view.comment === undefined ? [] : [comment(`${kind} ${name}`, view.comment)]),
  ];
}

/** Kinds that a name alone identifies, so that DROP and RENAME need no more. */
const namedAlone: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  'access method',
  'collation',
  'conversion',
  'database',
  'event trigger',
  'foreign data wrapper',
  'foreign table',
  'language',
  'publication',
  'role',
  'server',
  'statistics',
  'subscription',
  'tablespace',
  'type',
]);

/** `COLLATION german`, where a name is enough to say which object is meant. */
export function objectByName(kind: ObjectKind, schema: string | undefined, name: string): string | undefined {
  return namedAlone.has(kind) ? `${kind.toUpperCase()} ${qualified(schema, name)}` : undefined;
}
