/** Words for a text column, by what its name says. */
interface Words {
  readonly name: RegExp;
  /** Texts to choose from. */
  readonly words?: readonly string[];
  /** SQL of a text, given that of a number, for values that may not repeat as well as for others. */
  readonly made?: (number: string) => string;
}

const people = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Edsger Dijkstra',
  'Barbara Liskov',
  'Donald Knuth',
  'Frances Allen',
  'Tony Hoare',
  'Radia Perlman',
  'Leslie Lamport',
];

const byName: readonly Words[] = [
  { name: /e_?mail/, made: (number) => `'user' || ${number} || '@example.com'` },
  { name: /(url|uri|href|link|website|homepage)$|^(url|uri)/, made: (number) => `'https://example.com/' || ${number}` },
  { name: /(^|_)first_?name|given/, words: ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Tony'] },
  { name: /(^|_)last_?name|surname|family_?name/, words: ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Allen', 'Hoare'] },
  { name: /user_?name|login|nick|handle/, made: (number) => `'user' || ${number}` },
  { name: /full_?name|display_?name|contact|author|customer_?name/, words: people },
  { name: /phone|mobile|fax/, made: (number) => `'+49301' || lpad((${number} % 10000000)::text, 7, '0')` },
  { name: /country/, words: ['DE', 'FR', 'NL', 'PL', 'IT', 'ES', 'SE', 'AT'] },
  { name: /currency/, words: ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'PLN'] },
  { name: /locale|lang/, words: ['en', 'de', 'fr', 'nl', 'pl', 'it'] },
  { name: /time_?zone|(^|_)tz$/, words: ['Europe/Berlin', 'Europe/Paris', 'America/New_York', 'UTC'] },
  { name: /city|town/, words: ['Berlin', 'Paris', 'Utrecht', 'Warszawa', 'Milano', 'Uppsala'] },
  { name: /zip|postal|postcode/, made: (number) => `lpad((${number} % 100000)::text, 5, '0')` },
  { name: /street|address/, made: (number) => `'Main Street ' || (1 + ${number} % 200)` },
  { name: /slug|(^|_)key$|identifier/, made: (number) => `'item-' || ${number}` },
  { name: /version|semver|(^|_)num$/, made: (number) => `(1 + ${number} % 9) || '.' || (${number} / 9 % 50) || '.' || (${number} / 450)` },
  { name: /colou?r/, made: (number) => `'#' || lpad(to_hex(${number} % 16777216), 6, '0')` },
  { name: /hash|digest|checksum|sha|token|secret|password/, made: (number) => `md5(${number}::text)` },
  { name: /(^|_)ip(_|$)|ip_?addr/, made: (number) => `'10.' || (${number} / 65536 % 256) || '.' || (${number} / 256 % 256) || '.' || (${number} % 256)` },
  { name: /path|file/, made: (number) => `'/files/' || ${number} || '.txt'` },
  { name: /mime|content_?type|media_?type/, words: ['text/plain', 'application/json', 'image/png', 'text/html'] },
  { name: /status|state/, words: ['open', 'active', 'done', 'closed'] },
  {
    name: /description|comment|note|body|text|message|content|summary/,
    words: ['As agreed by phone.', 'Nothing to add.', 'To be checked in spring.', 'Delivered to the neighbour.', 'Second attempt.'],
  },
  { name: /title|subject/, words: ['A calm morning', 'Notes on growth', 'The long way home', 'Small repairs', 'What we learned'] },
  { name: /name|label/, words: ['Birch', 'Maple', 'Willow', 'Alder', 'Rowan', 'Hazel', 'Linden', 'Aspen'] },
];

const plain = ['alder', 'aspen', 'birch', 'cedar', 'hazel', 'larch', 'maple', 'rowan'];

/** SQL of a believable text for a column of this name, from a number that may repeat. */
export function believable(column: string, number: string): string {
  const found = byName.find(({ name }) => name.test(column.toLowerCase()));
  if (found?.made) return found.made(`(${number} % 1000000)`);
  return chosen(found?.words ?? plain, number);
}

/** The same, but each number gives another text: at most 24 characters longer than the mark. `mark` keeps texts of one seed from those of another. */
export function believableOnce(column: string, number: string, mark: string): string {
  const lower = column.toLowerCase();
  if (/e_?mail/.test(lower)) return `'user-${mark}-' || ${number} || '@example.com'`;
  if (/(url|uri|href|link|website|homepage)$|^(url|uri)/.test(lower)) return `'https://example.com/${mark}/' || ${number}`;
  if (/hash|digest|checksum|sha|token|secret/.test(lower)) return `md5('${mark}' || ${number})`;
  // Some histories take versions apart, in triggers and generated columns.
  if (/version|semver|(^|_)num$/.test(lower)) return `'1.' || ${number} || '.0'`;
  const word = found(lower);
  return `'${word}-${mark}-' || ${number}`;
}

function found(column: string): string {
  return column.replaceAll(/[^a-z]/g, '').slice(0, 8) || 'row';
}

function chosen(words: readonly string[], number: string): string {
  return `(ARRAY[${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ')}])[1 + (${number} % ${words.length})::int]`;
}
