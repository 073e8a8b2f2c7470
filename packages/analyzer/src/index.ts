export { type Applied, applyOperation, applyOperations } from './apply-operation.js';
export type { CommandFacts, Conventions, PlannedFile } from './frameworks/framework.js';
export { conventionsOf, type History, type HistoryInput, type HistoryMigration, readHistory } from './history.js';
export type { MigrationFolder, MigrationSource, Project, SourceFile } from './project.js';
export { type ProjectWishes, readProject } from './read-project.js';
export type { ReadStatement } from './read-script.js';
