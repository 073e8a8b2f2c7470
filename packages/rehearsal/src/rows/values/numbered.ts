import { endless } from '../values.js';
import { expressed, type Makers } from './makers.js';

const item = expressed(endless, (number) => `'item' || ${number}`);
const transaction = expressed(4e9, (number) => `(3 + ${number} % 4000000000)::text`);
const vector: Makers[string] = (type, wish, about) => {
  const others = Math.max(0, (type.modifiers[0] ?? 3) - 1);
  return expressed(endless, (number) => `'[' || (${number} % 1000) / 1000.0 || repeat(',' || (${number} / 1000 % 1000) / 1000.0, ${others}) || ']'`)(
    type,
    wish,
    about,
  );
};

/** Types whose values are a text with the number in it. */
export const numbered: Makers = {
  uuid: (type, wish, about) => expressed(endless, (number) => `md5('${about.mark}' || ${number})`)(type, wish, about),
  xml: expressed(endless, (number) => `'<item number="' || ${number} || '"/>'`),
  tsvector: item,
  tsquery: item,
  hstore: expressed(endless, (number) => `'number => ' || ${number}`),
  ltree: expressed(endless, (number) => `'top.n' || ${number}`),
  vector,
  halfvec: vector,
  pg_lsn: expressed(endless, (number) => `'0/' || to_hex(${number} % 4294967296)`),
  xid: transaction,
  xid8: transaction,
};
