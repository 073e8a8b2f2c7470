import { endless } from '../values.js';
import { expressed, type Maker, type Makers } from './makers.js';

const bytes: Maker = (_, wish, { mark }) => {
  const size = Math.max(wish.shortest ?? 0, Math.min(wish.longest ?? 16, 16));
  if (size === 0) return { count: 1, nth: () => `''::bytea` };
  const hex = (number: string) => `md5('${mark}' || ${number})`;
  return { count: endless, nth: (number) => `substring(decode(repeat(${hex(number)}, ${Math.ceil(size / 16)}), 'hex') FROM 1 FOR ${size})` };
};

/** Bytes and bits. */
export const binary: Makers = {
  bytea: bytes,
  bit: (type, wish, about) => {
    const size = type.modifiers[0] ?? 1;
    const bits =
      size <= 62
        ? expressed(2 ** size, (number) => `${number}::bit(${size})`)
        : expressed(endless, (number) => `lpad(${number}::bit(62)::text, ${size}, '0')::bit(${size})`);
    return bits(type, wish, about);
  },
  varbit: (type, wish, about) => {
    const size = Math.min(type.modifiers[0] ?? 32, 32);
    return expressed(2 ** size, (number) => `${number}::bit(${size})::varbit`)(type, wish, about);
  },
};
