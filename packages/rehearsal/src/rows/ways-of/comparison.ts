/** The operator that says the same with its sides changed. */
export const turned: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=', '<>': '<>' };

/** The operator that holds where the other does not. */
export const opposite: Readonly<Record<string, string>> = {
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '=': '<>',
  '<>': '=',
  '~': '!~',
  '!~': '~',
  '~~': '!~~',
  '!~~': '~~',
  '~*': '!~*',
  '!~*': '~*',
  '~~*': '!~~*',
  '!~~*': '~~*',
};
