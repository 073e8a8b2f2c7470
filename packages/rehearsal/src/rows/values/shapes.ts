import { endless } from '../values.js';
import { expressed, type Makers } from './makers.js';

/** Geometric types; boxes and circles lie apart from each other, for exclusion constraints. */
export const shapes: Makers = {
  point: expressed(endless, (number) => `point(${number} % 1000, ${number} / 1000)`),
  box: expressed(endless, (number) => `box(point(${number} % 1000 * 10, ${number} / 1000 * 10), point(${number} % 1000 * 10 + 5, ${number} / 1000 * 10 + 5))`),
  circle: expressed(endless, (number) => `circle(point(${number} % 1000 * 10, ${number} / 1000 * 10), 4)`),
  lseg: expressed(endless, (number) => `lseg(point(0, ${number}), point(1, ${number}))`),
  line: expressed(endless, (number) => `line(point(0, ${number}), point(1, ${number}))`),
  path: expressed(endless, (number) => `'[(0,' || ${number} || '),(1,1)]'`),
  polygon: expressed(endless, (number) => `'((0,' || ${number} || '),(1,1),(1,0))'`),
};
