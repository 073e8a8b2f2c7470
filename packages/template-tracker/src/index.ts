export { template } from './generated/template.js';
