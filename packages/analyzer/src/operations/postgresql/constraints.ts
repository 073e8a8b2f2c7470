import type { Constraint, ForeignKey, PrimaryKey, Unique } from '@planwright/spec';
import { type NodeOf, stringsOf } from '@planwright/sql/postgresql';
import { columnsRead } from './columns-read.js';
import { inParentheses, itemFrom, type ReadContext } from './read-context.js';
import { onTable } from './relation-name.js';

type ConstraintNode = NodeOf<'Constraint'>;

const actions: Readonly<Record<string, NonNullable<ForeignKey['onDelete']>>> = { r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' };

/** A constraint of a table, or of the column given. Nothing for the nodes that are no constraint of their own: NOT NULL, defaults, attributes. */
export function readConstraint(context: ReadContext, node: ConstraintNode, column?: string): Constraint | undefined {
  const name = node.conname ? { name: node.conname } : {};
  switch (node.contype) {
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE': {
      const include = stringsOf(node.including);
      const columns = column === undefined ? [...stringsOf(node.keys)] : [column];
      const key: PrimaryKey | Unique = { type: node.contype === 'CONSTR_PRIMARY' ? 'primaryKey' : 'unique', ...name, columns };
      if (include.length > 0) key.include = [...include];
      if (node.indexname) key.usingIndex = node.indexname;
      const { deferrable: deferred } = deferrable(node);
      if (deferred) key.deferrable = deferred;
      if (key.type === 'unique' && node.nulls_not_distinct) key.nullsNotDistinct = true;
      return key;
    }
    case 'CONSTR_FOREIGN':
      return { type: 'foreignKey', ...name, ...foreignKey(context, node, column) };
    case 'CONSTR_CHECK': {
      const columns = columnsRead(node.raw_expr);
      return {
        type: 'check',
        ...name,
        expression: inParentheses(context, node.location ?? context.start),
        ...(columns.length === 0 ? {} : { columns: [...columns] }),
        ...(node.is_no_inherit ? { noInherit: true } : {}),
        ...(node.skip_validation ? { notValid: true } : {}),
      };
    }
    case 'CONSTR_EXCLUSION': {
      const columns = (node.exclusions ?? []).flatMap((item) => ('List' in item ? columnsRead(item) : []));
      const written = itemFrom(context, node.location ?? context.start);
      return {
        type: 'exclusion',
        ...name,
        definition: written.slice(Math.max(written.search(/\bexclude\b/i), 0)),
        ...(columns.length === 0 ? {} : { columns: [...new Set(columns)] }),
        ...deferrable(node),
      };
    }
    default:
      return undefined;
  }
}

function foreignKey(context: ReadContext, node: ConstraintNode, column: string | undefined): Omit<ForeignKey, 'type' | 'name'> {
  const references: ForeignKey['references'] = onTable(context.draft, node.pktable);
  const columns = stringsOf(node.pk_attrs);
  const onDelete = actions[node.fk_del_action ?? ''];
  const onUpdate = actions[node.fk_upd_action ?? ''];
  if (columns.length > 0) references.columns = [...columns];
  const deferred = deferrable(node).deferrable;
  const key: Omit<ForeignKey, 'type' | 'name'> = { columns: column === undefined ? [...stringsOf(node.fk_attrs)] : [column], references };
  if (onDelete) key.onDelete = onDelete;
  if (onUpdate) key.onUpdate = onUpdate;
  if (node.fk_matchtype === 'f') key.match = 'full';
  if (deferred) key.deferrable = deferred;
  if (node.skip_validation) key.notValid = true;
  return key;
}

function deferrable(node: ConstraintNode): { deferrable?: 'immediate' | 'deferred' } {
  if (node.initdeferred) return { deferrable: 'deferred' };
  return node.deferrable ? { deferrable: 'immediate' } : {};
}
