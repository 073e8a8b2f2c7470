import { markedParts } from '../../layouts/marked-parts.js';
import { readNumbered } from '../../layouts/numbered.js';
import type { Read } from '../framework.js';

const markers = { up: /^--\s*migrate:up\b.*$/m, down: /^--\s*migrate:down\b.*$/m };

/** Files with `-- migrate:up` and `-- migrate:down`; `transaction:false` beside the marker keeps a part out of a transaction. */
export const read: Read = (files) =>
  readNumbered(files, {
    accepts: (name, text) => name.endsWith('.sql') && text.includes('migrate:up') && markers.up.test(text),
    split: (file) => {
      const outside = /transaction:\s*false/.test(markers.up.exec(file.text)?.[0] ?? '');
      return { ...markedParts(file, markers), ...(outside ? { transaction: { mode: 'none', reason: 'Its marker says `transaction:false`.' } } : {}) };
    },
  });
