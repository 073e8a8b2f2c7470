import type { Operation } from '@planwright/spec';
import { type Answer, type Asked, onOf, type Recipe, tableIn } from './asked.js';
import { keyOf } from './batches.js';
import { addColumn } from './postgresql/add-column.js';
import { alterColumnType } from './postgresql/change-type.js';
import { addConstraint, dropConstraint, validateConstraint } from './postgresql/constraint.js';
import { createIndex } from './postgresql/create-index.js';
import { dropColumn, dropIndex, dropTable } from './postgresql/drop.js';
import { addEnumValue, dropDefault, dropIdentity, dropView, refreshView, renameEnumValue, setIdentity, setRowSecurity } from './postgresql/for-release.js';
import { setNotNull } from './postgresql/not-null.js';
import { attachPartition, createPartition, detachPartition } from './postgresql/partitions.js';
import { renameColumn } from './postgresql/rename-column.js';
import { renameTable, setTableSchema } from './postgresql/rename-table.js';
import { updateRows } from './postgresql/update-rows.js';

/** A DELETE stays as written; its reader is told what to do where it finds many rows. */
const deleteRows: Recipe<'deleteRows'> = ({ operation, before }) => {
  const key = keyOf(tableIn(before, onOf(operation)));
  const by = key.length === 0 ? '' : ` by ${key.map((column) => `\`${column}\``).join(', ')}`;
  return {
    kept: `no batches are written for a DELETE. Where it finds many rows of \`${operation.table}\`, delete them beforehand${by}, some thousands at a time, each in a transaction of its own, so that this one finds few`,
  };
};

/** The safe form of an operation, by its type. */
const recipes: { readonly [Type in Operation['type']]?: Recipe<Type> } = {
  addColumn,
  addConstraint,
  addEnumValue,
  alterColumnType,
  attachPartition,
  createIndex,
  createTable: createPartition,
  deleteRows,
  detachPartition,
  dropColumn,
  dropConstraint,
  dropDefault,
  dropIdentity,
  dropIndex,
  dropTable,
  dropView,
  refreshView,
  renameColumn,
  renameEnumValue,
  renameTable,
  setIdentity,
  setNotNull,
  setRowSecurity,
  setTableSchema,
  updateRows,
  validateConstraint,
};

/** What leads to an operation's end without its danger; nothing where no recipe is about it. */
export function answerTo(asked: Asked): Answer | undefined {
  // Each recipe takes the operation of its own key; TypeScript does not follow the index.
  const recipe = recipes[asked.operation.type] as Recipe<Operation['type']> | undefined;
  return recipe?.(asked);
}
