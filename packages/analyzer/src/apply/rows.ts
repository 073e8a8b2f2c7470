import type { Appliers } from './applier.js';

type WithoutEffect =
  | 'changePrivileges'
  | 'insertRows'
  | 'updateRows'
  | 'deleteRows'
  | 'truncateTable'
  | 'backfill'
  | 'mergeRows'
  | 'runQuery'
  | 'controlTransaction'
  | 'lockTable'
  | 'maintain'
  | 'unknown';

const nothing = (): void => {};

/** Operations that leave the schema as it is; SET search_path says where names are looked up. */
export const rowAppliers: Appliers<WithoutEffect | 'setSetting'> = {
  changePrivileges: nothing,
  insertRows: nothing,
  updateRows: nothing,
  deleteRows: nothing,
  truncateTable: nothing,
  backfill: nothing,
  mergeRows: nothing,
  runQuery: nothing,
  controlTransaction: nothing,
  lockTable: nothing,
  maintain: nothing,
  unknown: nothing,
  setSetting(draft, { name, value }) {
    if (name !== 'search_path' && name !== 'all') return;
    const names = (value ?? '').split(',').map((part) => part.trim().replaceAll('"', ''));
    const path = names.filter((part) => part !== '' && part !== 'pg_catalog' && part !== '$user').map((part) => draft.plainSchema(part));
    draft.searchPath = path.length === 0 ? [undefined] : path;
  },
};
