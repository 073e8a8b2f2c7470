export { type Choice, chooseMigrations } from './choose-migrations.js';
export { type Completed, type CompleteOptions, completeContext } from './complete-context.js';
export { createPlan, type EarlierMigration, type NoPlan, type PlanInput, type Rehearsable } from './create-plan.js';
export { type Documents, type PlanFile, type RenderInput, renderAll } from './documents.js';
export { type FillOptions, fill, type Origins } from './fill.js';
export { type ContextInput, type Plan, planFromContext } from './plan-from-context.js';
