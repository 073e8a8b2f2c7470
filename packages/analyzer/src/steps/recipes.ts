import type { Operation } from '@planwright/spec';
import type { Answer, Asked, Recipe } from './asked.js';
import { alterColumnType } from './postgresql/change-type.js';
import { addConstraint } from './postgresql/constraint.js';
import { createIndex } from './postgresql/create-index.js';
import { dropColumn, dropIndex, dropTable } from './postgresql/drop.js';
import { setNotNull } from './postgresql/not-null.js';
import { renameColumn } from './postgresql/rename-column.js';

/** The safe form of an operation, by its type. */
const recipes: { readonly [Type in Operation['type']]?: Recipe<Type> } = {
  addConstraint,
  alterColumnType,
  createIndex,
  dropColumn,
  dropIndex,
  dropTable,
  renameColumn,
  setNotNull,
};

/** What leads to an operation's end without its danger; nothing where no recipe is about it. */
export function answerTo(asked: Asked): Answer | undefined {
  // Each recipe takes the operation of its own key; TypeScript does not follow the index.
  const recipe = recipes[asked.operation.type] as Recipe<Operation['type']> | undefined;
  return recipe?.(asked);
}
