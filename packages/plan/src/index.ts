export { type Completed, type CompleteOptions, completeContext } from './complete-context.js';
export { type FillOptions, fill, type Origins } from './fill.js';
