import { markedParts } from '../../layouts/marked-parts.js';
import { readNumbered } from '../../layouts/numbered.js';
import type { Read } from '../framework.js';

const markers = { up: /^--\s*\+goose\s+Up\b.*$/im, down: /^--\s*\+goose\s+Down\b.*$/im };

/** Files with `-- +goose Up` and `-- +goose Down`; `-- +goose NO TRANSACTION` keeps a file out of a transaction. */
export const read: Read = (files) =>
  readNumbered(files, {
    accepts: (name, text) => name.endsWith('.sql') && text.includes('+goose') && markers.up.test(text),
    split: (file) => {
      const outside = /^--\s*\+goose\s+NO\s+TRANSACTION/im.test(file.text);
      return { ...markedParts(file, markers), ...(outside ? { transaction: { mode: 'none', reason: 'It says `-- +goose NO TRANSACTION`.' } } : {}) };
    },
  });
