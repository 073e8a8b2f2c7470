import type { Operation } from '@planwright/spec';
import { nodeOf, type TaggedNode, tagged } from '@planwright/sql/postgresql';
import { readAlterTable } from './alter-table.js';
import { readComment } from './comments.js';
import { readCompositeType } from './composite-types.js';
import { readCreateTable } from './create-table.js';
import { readDo } from './do-block.js';
import { readAlterDomain, readCreateDomain } from './domains.js';
import { readDrop } from './drop.js';
import { readAlterEnum, readCreateEnum } from './enums.js';
import { readCreateIndex } from './indexes.js';
import { readOtherObject } from './other-objects.js';
import { readAlterPolicy, readCreatePolicy } from './policies.js';
import { readDefaultPrivileges, readGrant, readGrantRole, readOwner } from './privileges.js';
import type { ReadContext } from './read-context.js';
import { onTable } from './relation-name.js';
import { readRename, readSetSchema } from './rename.js';
import { readAlterRoutine, readCreateRoutine } from './routines.js';
import { changesInside, readDelete, readInsert, readTruncate, readUpdate } from './rows.js';
import { readAlterSequence, readCreateSequence } from './sequences.js';
import { readCluster, readLock, readReindex, readSetting, readTransaction, readVacuum, searchPathSet } from './session.js';
import { readCreateTrigger } from './triggers.js';
import { intoClause, readCreateAs, readCreateView, readRefresh, readSelectInto, sequencesSet } from './views.js';

/** What one parsed statement does: one operation or more, in the order in which PostgreSQL carries them out. What is not understood is `unknown`, with the reason. */
export function readStatement(context: ReadContext, node: TaggedNode): readonly Operation[] {
  const { draft } = context;
  const { kind, value } = node;
  switch (kind) {
    case 'CreateStmt':
      return readCreateTable(context, value);
    case 'AlterTableStmt':
      return readAlterTable(context, value);
    case 'IndexStmt':
      return readCreateIndex(context, value);
    case 'DropStmt':
      return readDrop(context, value);
    case 'RenameStmt':
      return readRename(context, value);
    case 'AlterObjectSchemaStmt':
      return readSetSchema(context, value);
    case 'CreateEnumStmt':
      return readCreateEnum(context, value);
    case 'AlterEnumStmt':
      return readAlterEnum(context, value);
    case 'CreateDomainStmt':
      return readCreateDomain(context, value);
    case 'AlterDomainStmt':
      return readAlterDomain(context, value);
    case 'CompositeTypeStmt':
      return readCompositeType(context, value);
    case 'CreateSeqStmt':
      return readCreateSequence(context, value);
    case 'AlterSeqStmt':
      return readAlterSequence(context, value);
    case 'ViewStmt':
      return readCreateView(context, value);
    case 'CreateTableAsStmt':
      return readCreateAs(context, value);
    case 'RefreshMatViewStmt':
      return readRefresh(context, value);
    case 'CreateFunctionStmt':
      return readCreateRoutine(context, value);
    case 'AlterFunctionStmt':
      return readAlterRoutine(context, value);
    case 'CreateTrigStmt':
      return readCreateTrigger(context, value);
    case 'CreatePolicyStmt':
      return readCreatePolicy(context, value);
    case 'AlterPolicyStmt':
      return readAlterPolicy(context, value);
    case 'CreateSchemaStmt':
      return readCreateSchema(context, value);
    case 'CreateExtensionStmt':
      return [{ type: 'createExtension', name: value.extname ?? '', ...(value.if_not_exists ? { ifNotExists: true } : {}) }];
    case 'AlterExtensionStmt':
    case 'AlterExtensionContentsStmt':
      return [{ type: 'unknown', reason: `The extension ${value.extname ?? ''} is changed; which objects that touches is known to the extension only.` }];
    case 'CommentStmt':
      return readComment(context, value);
    case 'GrantStmt':
      return readGrant(context, value);
    case 'GrantRoleStmt':
      return readGrantRole(context, value);
    case 'AlterDefaultPrivilegesStmt':
      return readDefaultPrivileges(context, value);
    case 'AlterOwnerStmt':
      return readOwner(context, value);
    case 'InsertStmt':
      return readInsert(context, value);
    case 'UpdateStmt':
      return readUpdate(context, value);
    case 'DeleteStmt':
      return readDelete(context, value);
    case 'TruncateStmt':
      return readTruncate(context, value);
    case 'MergeStmt':
      return [{ type: 'mergeRows', ...onTable(draft, value.relation) }];
    case 'CopyStmt':
      return value.is_from && value.relation ? [{ type: 'mergeRows', ...onTable(draft, value.relation) }] : [{ type: 'runQuery' }];
    case 'SelectStmt': {
      const into = intoClause(value);
      if (into) return readSelectInto(context, value, into);
      const path = searchPathSet(value);
      if (path) return [{ type: 'setSetting', name: 'search_path', value: path.value, ...(path.local ? { local: true } : {}) }];
      const changes = changesInside(draft, value.withClause);
      const sets = sequencesSet(context, value);
      return changes.length > 0 ? changes : [{ type: 'runQuery', ...(sets.length === 0 ? {} : { sets: [...sets] }) }];
    }
    case 'VariableShowStmt':
    case 'ExplainStmt':
      return [{ type: 'runQuery' }];
    case 'VariableSetStmt':
      return readSetting(value);
    case 'ConstraintsSetStmt':
      return [{ type: 'setSetting', name: 'constraints', value: value.deferred ? 'deferred' : 'immediate', local: true }];
    case 'DiscardStmt':
      return [{ type: 'setSetting', name: 'all' }];
    case 'TransactionStmt':
      return readTransaction(value);
    case 'LockStmt':
      return readLock(context, value);
    case 'VacuumStmt':
      return readVacuum(context, value);
    case 'ClusterStmt':
      return readCluster(context, value);
    case 'CheckPointStmt':
      return [{ type: 'maintain', action: 'checkpoint' }];
    case 'ReindexStmt':
      return readReindex(context, value);
    case 'DoStmt':
      return readDo(context, value);
    case 'CallStmt':
      return [{ type: 'unknown', reason: 'A procedure is called; what it does is in its body.' }];
    default:
      return readOtherObject(context, node) ?? [{ type: 'unknown', reason: `${words(kind)} is a kind of statement that is not analysed.` }];
  }
}

/** CREATE SCHEMA with what is made in it. */
function readCreateSchema(context: ReadContext, value: Extract<TaggedNode, { kind: 'CreateSchemaStmt' }>['value']): readonly Operation[] {
  const name = value.schemaname ?? value.authrole?.rolename ?? '';
  const elements = (value.schemaElts ?? []).flatMap((element) => {
    const inside = tagged(element);
    const relation =
      nodeOf('CreateStmt', element)?.relation ??
      nodeOf('ViewStmt', element)?.view ??
      nodeOf('CreateSeqStmt', element)?.sequence ??
      nodeOf('IndexStmt', element)?.relation;
    // The tree is this statement's own, and nobody reads it again: its unqualified names are in the new schema.
    if (relation && !relation.schemaname) relation.schemaname = name;
    return readStatement(context, inside);
  });
  return [{ type: 'createSchema', name, ...(value.if_not_exists ? { ifNotExists: true } : {}) }, ...elements];
}

/** `AlterSystemStmt` as `ALTER SYSTEM`. */
function words(kind: string): string {
  return kind
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}
