/** Something that JSON does not allow, or a key given twice, at an offset of the text. */
export interface JsonFault {
  readonly offset: number;
  readonly found: string;
  readonly expected: string;
  readonly key?: string;
}

const space = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const other = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'end';
const words: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': "a value or ']'",
  key: 'a key in double quotes',
  'key or }': "a key in double quotes or '}'",
  ':': "':'",
  ', or }': "',' or '}'",
  ', or ]': "',' or ']'",
  end: 'the end of the file',
};

/**
 * Finds what is wrong with a JSON text: its first syntax error, and every key that an object has twice. `JSON.parse` says neither where an error is
 * (the wording differs by engine) nor that it took the last of two values.
 */
export function jsonFaults(text: string): readonly JsonFault[] {
  const faults: JsonFault[] = [];
  const open: { readonly object: boolean; readonly keys: Set<string> }[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = offset;
    return pattern.exec(text)?.[0];
  };
  const afterValue = (): Expected => (open.length === 0 ? 'end' : open.at(-1)?.object ? ', or }' : ', or ]');
  for (;;) {
    offset += take(space)?.length ?? 0;
    const sign = text[offset];
    if (sign === undefined) return expected === 'end' ? faults : [...faults, { offset, found: 'the end of the file', expected: words[expected] }];
    const wantsValue = expected === 'value' || expected === 'value or ]';
    const wantsKey = expected === 'key' || expected === 'key or }';
    const word = sign === '"' ? take(string) : take(other);
    const from = offset;
    offset += word?.length ?? 1;
    if (word !== undefined && wantsValue) expected = afterValue();
    else if (word?.[0] === '"' && wantsKey) {
      const key = JSON.parse(word) as string; // the pattern has seen to it that it is a string
      const keys = open.at(-1)?.keys;
      if (keys?.has(key)) faults.push({ offset: from, found: `key '${key}' for the second time`, expected: 'each key once', key });
      keys?.add(key);
      expected = ':';
    } else if (sign === ':' && expected === ':') expected = 'value';
    else if ((sign === '{' || sign === '[') && wantsValue) {
      open.push({ object: sign === '{', keys: new Set() });
      expected = sign === '{' ? 'key or }' : 'value or ]';
    } else if ((sign === '}' && (expected === 'key or }' || expected === ', or }')) || (sign === ']' && (expected === 'value or ]' || expected === ', or ]'))) {
      open.pop();
      expected = afterValue();
    } else if (sign === ',' && (expected === ', or }' || expected === ', or ]')) expected = expected === ', or }' ? 'key' : 'value';
    else
      return [...faults, { offset: from, found: `'${word ?? text.slice(from, from + 20).match(/^(?:\w+|[\s\S])/u)?.[0] ?? sign}'`, expected: words[expected] }];
  }
}
