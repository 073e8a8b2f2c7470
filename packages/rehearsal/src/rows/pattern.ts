/** A piece of a text: fixed, or one of some characters, so often. */
export interface Piece {
  readonly characters: readonly string[];
  readonly least: number;
  readonly most: number;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const classes: Readonly<Record<string, string>> = {
  d: digits,
  w: `${lower}${digits}`,
  s: ' ',
  D: lower,
  W: '-',
  S: lower,
};
const named: Readonly<Record<string, string>> = {
  alpha: lower,
  alnum: `${lower}${digits}`,
  digit: digits,
  lower,
  upper: lower.toUpperCase(),
  xdigit: `${digits}abcdef`,
  space: ' ',
  punct: '-_',
  word: `${lower}${digits}_`,
};

/** Pieces that make a text matching a regular expression; of alternatives, the first. Undefined for forms that are not known here (back references, look-ahead). */
export function piecesOf(regex: string): readonly Piece[] | undefined {
  try {
    const reader = { text: regex, place: 0 };
    const pieces = alternatives(reader, 0);
    return reader.place === regex.length ? pieces : undefined;
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** Pieces that make a text for LIKE. */
export function piecesOfLike(pattern: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let place = 0; place < pattern.length; place++) {
    const character = pattern.charAt(place);
    if (character === '%') pieces.push({ characters: [...lower], least: 0, most: 8 });
    else if (character === '_') pieces.push({ characters: [...lower], least: 1, most: 1 });
    else {
      if (character === '\\') place += 1;
      pieces.push({ characters: [pattern.charAt(place)], least: 1, most: 1 });
    }
  }
  return pieces;
}

interface Reader {
  readonly text: string;
  place: number;
}

function alternatives(reader: Reader, depth: number): readonly Piece[] {
  if (depth > 50) throw new RangeError('too deep');
  const first = sequence(reader, depth);
  while (reader.text[reader.place] === '|') {
    reader.place += 1;
    sequence(reader, depth);
  }
  return first;
}

function sequence(reader: Reader, depth: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (;;) {
    const character = reader.text[reader.place];
    if (character === undefined || character === '|' || character === ')') return pieces;
    reader.place += 1;
    if (character === '^' || character === '$') continue;
    if (character === '(') {
      if (reader.text.startsWith('?:', reader.place)) reader.place += 2;
      else if (reader.text[reader.place] === '?') throw new RangeError('look-around');
      const group = alternatives(reader, depth + 1);
      if (reader.text[reader.place] !== ')') throw new RangeError('open group');
      reader.place += 1;
      const [least] = times(reader);
      if (least * group.length > 1000) throw new RangeError('too long');
      for (let made = 0; made < least; made++) pieces.push(...group);
      continue;
    }
    const characters = character === '[' ? bracket(reader) : character === '\\' ? escaped(reader) : character === '.' ? [...lower] : [character];
    const [least, most] = times(reader);
    pieces.push({ characters, least, most });
  }
}

function escaped(reader: Reader): readonly string[] {
  const character = reader.text[reader.place];
  if (character === undefined || /[1-9]/.test(character)) throw new RangeError('back reference');
  reader.place += 1;
  if (/[mMyYAZbB]/.test(character)) return [''];
  return [...(classes[character] ?? { n: '\n', t: '\t' }[character] ?? character)];
}

function times(reader: Reader): readonly [least: number, most: number] {
  const [whole = '', mark = '', low = '', comma = '', high = ''] =
    /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(reader.text.slice(reader.place, reader.place + 24)) ?? [];
  reader.place += whole.length;
  if (whole === '') return [1, 1];
  if (mark === '?') return [0, 1];
  if (mark !== '') return [mark === '+' ? 1 : 0, 1000];
  return [Number(low), comma === '' ? Number(low) : high === '' ? Number(low) + 1000 : Number(high)];
}

function bracket(reader: Reader): readonly string[] {
  const refused = reader.text[reader.place] === '^';
  if (refused) reader.place += 1;
  const found: string[] = [];
  for (let first = true; ; first = false) {
    const character = reader.text[reader.place];
    if (character === undefined) throw new RangeError('open bracket');
    if (character === ']' && !first) break;
    const name = /^\[:(\w+):\]/.exec(reader.text.slice(reader.place, reader.place + 12));
    if (name) {
      reader.place += name[0].length;
      found.push(...(named[name[1] ?? ''] ?? ''));
      continue;
    }
    reader.place += 1;
    if (character === '\\') {
      found.push(...escaped(reader));
      continue;
    }
    const to = reader.text[reader.place + 1];
    if (reader.text[reader.place] === '-' && to !== undefined && to !== ']') {
      reader.place += 2;
      for (let code = character.charCodeAt(0); code <= to.charCodeAt(0) && found.length < 500; code++) found.push(String.fromCharCode(code));
    } else found.push(character);
  }
  reader.place += 1;
  if (!refused) return found;
  return [...lower, ...digits, '-'].filter((character) => !found.includes(character));
}
