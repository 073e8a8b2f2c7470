/** The offset of the character with this number, counted in code points from 0. */
export function characterOffset(text: string, character: number): number {
  let unit = 0;
  for (let count = 0; count < character && unit < text.length; count++) unit += unitsAt(text, unit);
  return unit;
}

/** 2 for the first half of a surrogate pair, else 1. */
export function unitsAt(text: string, unit: number): number {
  return (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
}
