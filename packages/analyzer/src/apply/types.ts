import type { Check, Column, Domain, Table } from '@planwright/spec';
import { quoteIdentifier, quoteLiteral } from '@planwright/sql/postgresql';
import { chooseConstraintName } from '../draft/choose-name.js';
import type { Draft } from '../draft/draft.js';
import { renameTypeIn } from '../expression-names.js';
import { type Appliers, type Report, shownName } from './applier.js';
import { dropColumn } from './columns.js';
import { storedDefault } from './stored-default.js';
import { without } from './table-of.js';
import { baseOf, typeText } from './type-text.js';
import { writtenType } from './written-type.js';

type TypeOperation =
  | 'createEnum'
  | 'addEnumValue'
  | 'renameEnumValue'
  | 'createDomain'
  | 'alterDomain'
  | 'createCompositeType'
  | 'alterCompositeType'
  | 'dropType'
  | 'renameType';

export const typeAppliers: Appliers<TypeOperation> = {
  createEnum(draft, { enum: type }, report) {
    if (isFree(draft, type, report)) draft.enums.set(type);
  },
  addEnumValue(draft, operation, report) {
    const type = draft.enums.get(draft.plainSchema(operation.schema), operation.name);
    if (!type) return unknownType(report, operation);
    if (type.labels.includes(operation.label)) {
      if (!operation.ifNotExists) report('duplicate-label', `The enum type ${shownName(type.schema, type.name)} has the label '${operation.label}' already.`);
      return;
    }
    const labels = [...type.labels];
    const neighbour = operation.before ?? operation.after;
    const at = neighbour === undefined ? -1 : labels.indexOf(neighbour);
    labels.splice(at < 0 ? labels.length : operation.before === undefined ? at + 1 : at, 0, operation.label);
    draft.enums.set({ ...type, labels });
  },
  renameEnumValue(draft, operation, report) {
    const type = draft.enums.get(draft.plainSchema(operation.schema), operation.name);
    if (!type) return unknownType(report, operation);
    draft.enums.set({ ...type, labels: type.labels.map((label) => (label === operation.label ? operation.to : label)) });
    const before = quoteLiteral(operation.label);
    for (const table of new Set(columnsOfType(draft, type.schema, type.name).map((each) => each.table))) {
      const wanted = typeText(type.schema, type.name);
      draft.setTable({
        ...table,
        columns: table.columns.map((column) =>
          column.default !== undefined && baseOf(column.type) === wanted
            ? { ...column, default: column.default.replaceAll(before, () => quoteLiteral(operation.to)) }
            : column,
        ),
      });
    }
  },
  createDomain(draft, { domain }, report) {
    if (!isFree(draft, domain, report)) return;
    const checks: Check[] = [];
    for (const check of domain.checks ?? []) checks.push(namedCheck(draft, domain, check, checks));
    const type = writtenType(domain.type);
    const stored = withDefault(without(domain, 'default') as Domain, storedDefault(draft, type, domain.default));
    draft.domains.set({ ...stored, type, ...(checks.length === 0 ? {} : { checks }) });
  },
  alterDomain(draft, operation, report) {
    const domain = draft.domains.get(draft.plainSchema(operation.schema), operation.name);
    if (!domain) return unknownType(report, operation);
    draft.domains.set(alteredDomain(draft, domain, operation));
  },
  createCompositeType(draft, { compositeType }, report) {
    if (isFree(draft, compositeType, report)) draft.setCompositeType(compositeType);
  },
  alterCompositeType(draft, operation, report) {
    const type = draft.compositeTypes.get(draft.plainSchema(operation.schema), operation.name);
    if (!type) return unknownType(report, operation);
    const { action, attribute, to } = operation;
    const named = (each: Column): boolean => each.name === attribute.name;
    const attributes =
      action === 'add'
        ? [...type.attributes, attribute]
        : action === 'drop'
          ? type.attributes.filter((each) => !named(each))
          : type.attributes.map((each) => (!named(each) ? each : action === 'alter' ? attribute : { ...each, name: to ?? each.name }));
    draft.setCompositeType({ ...type, attributes });
  },
  dropType(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    if (!draft.hasType(schema, operation.name)) {
      if (!operation.ifExists) unknownType(report, operation);
      return;
    }
    if (operation.cascade)
      for (const { table, column } of columnsOfType(draft, schema, operation.name))
        dropColumn(draft, draft.table(table.schema, table.name) ?? table, column.name, true);
    removeType(draft, schema, operation.name);
  },
  renameType(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    if (!draft.hasType(schema, operation.name)) return unknownType(report, operation);
    moveType(draft, schema, operation.name, operation.to);
  },
};

function isFree(draft: Draft, type: { readonly schema?: string; readonly name: string }, report: Report): boolean {
  if (!draft.hasType(type.schema, type.name)) return true;
  report('duplicate-type', `The type ${shownName(type.schema, type.name)} exists already.`);
  return false;
}

function unknownType(report: Report, { schema, name }: { readonly schema?: string; readonly name: string }): void {
  report(
    'unknown-type',
    `The type ${shownName(schema, name)} is not made by any earlier migration.`,
    'Include the migrations that make it, or check its name.',
  );
}

function removeType(draft: Draft, schema: string | undefined, name: string): void {
  draft.enums.delete(schema, name);
  draft.domains.delete(schema, name);
  if (draft.compositeTypes.get(schema, name)) draft.removeCompositeType(schema, name);
  const other = draft.object('type', schema, name);
  if (other) draft.removeObject(other);
}

function moveType(draft: Draft, schema: string | undefined, name: string, to: string): void {
  const columns = columnsOfType(draft, schema, name);
  const type = {
    enum: draft.enums.get(schema, name),
    domain: draft.domains.get(schema, name),
    composite: draft.compositeTypes.get(schema, name),
    other: draft.object('type', schema, name),
  };
  removeType(draft, schema, name);
  if (type.enum) draft.enums.set({ ...type.enum, name: to });
  if (type.domain) draft.domains.set({ ...type.domain, name: to });
  if (type.composite) draft.setCompositeType({ ...type.composite, name: to });
  if (type.other) draft.setObject({ ...type.other, name: to });
  const before = typeText(schema, name);
  const after = typeText(schema, to);
  for (const table of new Set(columns.map((each) => each.table))) {
    draft.setTable({
      ...table,
      columns: table.columns.map((column) => ({
        ...column,
        ...(baseOf(column.type) === before ? { type: after + column.type.slice(before.length) } : {}),
        ...(column.default === undefined ? {} : { default: renameTypeIn(column.default, name, quoteIdentifier(to)) }),
      })),
    });
  }
}

/** Columns of tables that have this type, or an array of it. */
function columnsOfType(draft: Draft, schema: string | undefined, name: string): readonly { readonly table: Table; readonly column: Column }[] {
  const wanted = typeText(schema, name);
  return draft.tables.flatMap((table) => table.columns.filter((column) => baseOf(column.type) === wanted).map((column) => ({ table, column })));
}

function withDefault(domain: Domain, stored: string | undefined): Domain {
  return stored === undefined ? domain : { ...domain, default: stored };
}

function namedCheck(draft: Draft, domain: Domain, check: Check, others: readonly Check[]): Check {
  if (check.name !== undefined) return check;
  const taken = new Set(others.flatMap(({ name }) => name ?? []));
  return { ...check, name: chooseConstraintName(draft, domain.schema, { first: domain.name, label: 'check' }, taken) };
}

function alteredDomain(draft: Draft, domain: Domain, operation: Parameters<(typeof typeAppliers)['alterDomain']>[1]): Domain {
  const checks = domain.checks ?? [];
  switch (operation.action) {
    case 'set default':
      return withDefault(without(domain, 'default') as Domain, storedDefault(draft, domain.type, operation.default ?? ''));
    case 'drop default':
      return without(domain, 'default') as Domain;
    case 'set not null':
      return { ...domain, notNull: true };
    case 'drop not null':
      return without(domain, 'notNull') as Domain;
    case 'add constraint':
      return operation.check ? { ...domain, checks: [...checks, namedCheck(draft, domain, operation.check, checks)] } : domain;
    case 'drop constraint':
      return { ...domain, checks: checks.filter(({ name }) => name !== operation.constraint) };
    case 'validate constraint':
      return { ...domain, checks: checks.map((check) => (check.name === operation.constraint ? (without(check, 'notValid') as Check) : check)) };
    case 'rename constraint':
      return { ...domain, checks: checks.map((check) => (check.name === operation.constraint ? { ...check, name: operation.to ?? '' } : check)) };
  }
}
