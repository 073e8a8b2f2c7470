import type { Detect } from '../framework.js';

/** Whatever is laid out as migrations and belongs to nobody else. */
export const detect: Detect = () => ({ strength: 1 });
