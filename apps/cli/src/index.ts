export { type PlanProjectOptions, planProject } from './plan-project.js';
export { type ProjectFile, type ProjectFiles, readProjectFiles } from './project-files.js';
export { InvalidInput } from './invalid-input.js';
export { completeContext, createPlan, type Plan, type PlanInput, planFromContext } from '@planwright/plan';
