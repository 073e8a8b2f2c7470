import type { Operation } from '@planwright/spec';
import { type NodeOf, nodeOf, nodesOf } from '@planwright/sql/postgresql';
import { modes } from '../../lock-facts/postgresql/lock-list.js';
import { hasOption, optionText } from './options.js';
import type { ReadContext } from './read-context.js';
import { existing, onTable } from './relation-name.js';

/** SET and RESET. */
export function readSetting(node: NodeOf<'VariableSetStmt'>): readonly Operation[] {
  // SET TRANSACTION and SET SESSION CHARACTERISTICS set several at once, each by its own name.
  const several = node.kind === 'VAR_SET_MULTI' ? nodesOf('DefElem', node.args) : [];
  if (several.length > 0)
    return several.map(({ defname = '', arg }): Operation => {
      const value = /_(?:read_only|deferrable)$/.test(defname) ? (nodeOf('A_Const', arg)?.ival?.ival ? 'on' : 'off') : optionText(arg);
      return { type: 'setSetting', name: defname, value, ...(node.name === 'TRANSACTION' ? { local: true } : {}) };
    });
  const name = node.kind === 'VAR_RESET_ALL' ? 'all' : (node.name ?? '');
  const value = node.kind === 'VAR_SET_VALUE' ? (node.args ?? []).map((argument) => optionText(argument)).join(', ') : undefined;
  return [{ type: 'setSetting', name, ...(value === undefined ? {} : { value }), ...(node.is_local ? { local: true } : {}) }];
}

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their relatives. */
export function readTransaction(node: NodeOf<'TransactionStmt'>): readonly Operation[] {
  switch (node.kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return [{ type: 'controlTransaction', action: 'begin' }];
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_COMMIT_PREPARED':
    case 'TRANS_STMT_PREPARE':
      return [{ type: 'controlTransaction', action: 'commit' }];
    case 'TRANS_STMT_SAVEPOINT':
      return [{ type: 'controlTransaction', action: 'savepoint' }];
    case 'TRANS_STMT_RELEASE':
      return [{ type: 'controlTransaction', action: 'release' }];
    case 'TRANS_STMT_ROLLBACK_TO':
      return [{ type: 'controlTransaction', action: 'rollback to' }];
    default:
      return [{ type: 'controlTransaction', action: 'rollback' }];
  }
}

/** LOCK TABLE. */
export function readLock({ draft }: ReadContext, node: NodeOf<'LockStmt'>): readonly Operation[] {
  return [
    {
      type: 'lockTable',
      tables: nodesOf('RangeVar', node.relations).map((range) => onTable(draft, range)),
      mode: modes[(node.mode ?? 8) - 1] ?? 'ACCESS EXCLUSIVE',
    },
  ];
}

/** VACUUM and ANALYZE. */
export function readVacuum({ draft }: ReadContext, node: NodeOf<'VacuumStmt'>): readonly Operation[] {
  const action = node.is_vacuumcmd ? 'vacuum' : 'analyze';
  const relations = nodesOf('VacuumRelation', node.rels);
  const full = node.is_vacuumcmd && hasOption(node.options, 'full') ? { full: true } : {};
  if (relations.length === 0) return [{ type: 'maintain', action, ...full }];
  return relations.map(({ relation }) => ({ type: 'maintain', action, ...full, ...onTable(draft, relation) }));
}

/** CLUSTER. */
export function readCluster({ draft }: ReadContext, node: NodeOf<'ClusterStmt'>): readonly Operation[] {
  return [{ type: 'maintain', action: 'cluster', ...(node.relation ? onTable(draft, node.relation) : {}) }];
}

const reindexKinds = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_DATABASE: 'database',
  REINDEX_OBJECT_SYSTEM: 'system',
} as const;

/** REINDEX. */
export function readReindex({ draft }: ReadContext, node: NodeOf<'ReindexStmt'>): readonly Operation[] {
  const kind = reindexKinds[node.kind ?? 'REINDEX_OBJECT_INDEX'];
  const target = node.relation ? existing(draft, node.relation) : { name: node.name ?? '' };
  return [{ type: 'reindex', kind, ...target, ...(hasOption(node.params, 'concurrently') ? { concurrently: true } : {}) }];
}

/** A `set_config('search_path', …)` in a SELECT list: dumps set the search path so. */
export function searchPathSet(node: NodeOf<'SelectStmt'>): { readonly value: string; readonly local: boolean } | undefined {
  for (const { val } of nodesOf('ResTarget', node.targetList)) {
    const call = nodeOf('FuncCall', val);
    const names = nodesOf('String', call?.funcname).map(({ sval }) => sval);
    const [name, value, local] = (call?.args ?? []).map((argument) => nodeOf('A_Const', argument));
    if (names.at(-1) === 'set_config' && name?.sval?.sval === 'search_path') return { value: value?.sval?.sval ?? '', local: local?.boolval?.boolval === true };
  }
  return undefined;
}
