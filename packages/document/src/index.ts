export { type Carried, carry } from './carry.js';
export { type Expected, type ReadState, readState } from './read-state.js';
export type { ReaderState } from './reader-state.js';
