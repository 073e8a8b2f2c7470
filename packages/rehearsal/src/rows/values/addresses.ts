import { expressed, type Makers } from './makers.js';

const host = expressed(16_000_000, (number) => `inet '10.0.0.0' + (${number} % 16000000)`);

/** Addresses in a network. */
export const addresses: Makers = {
  inet: host,
  cidr: host,
  macaddr: expressed(1e12, (number) => `lpad(to_hex(${number} % 281474976710656), 12, '0')`),
  macaddr8: expressed(1e12, (number) => `lpad(to_hex(${number}), 16, '0')`),
};
