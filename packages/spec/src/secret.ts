/** A secret found in a text: what it looks like, where, and the text that may be shown instead. */
export interface Secret {
  readonly kind: 'connection string with a password' | 'private key' | 'token';
  readonly index: number;
  readonly text: string;
  readonly redacted: string;
}

interface Shape {
  readonly kind: Secret['kind'];
  /** Where a group `hidden` is, only that part is a secret; else the whole. */
  readonly pattern: RegExp;
}

// The token formats are those that their issuers document for secret scanning.
const shapes: readonly Shape[] = [
  {
    kind: 'private key',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?<hidden>[\s\S]*?)(?:-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----|$)/dg,
  },
  {
    kind: 'connection string with a password',
    pattern: /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@'"`<>]{0,200}:(?<hidden>[^\s/@'"`<>]{1,500})@[^\s'"`<>,)]{0,300}/dgi,
  },
  {
    kind: 'connection string with a password',
    pattern: /\b[a-z][a-z0-9+.:-]{1,30}:\/\/[^\s'"`<>]{1,500}?[?&;](?:password|pwd|passwd)=(?<hidden>[^\s&;'"`<>]{1,500})/dgi,
  },
  { kind: 'connection string with a password', pattern: /\b(?:host|dbname|server|user|uid)=[^'"`\n]{0,300}?\b(?:password|pwd)=(?<hidden>[^\s;'"`]{1,500})/dgi },
  { kind: 'connection string with a password', pattern: /\b(?:PGPASSWORD|MYSQL_PWD)=(?<hidden>[^\s;'"`]{1,500})/dg },
  {
    kind: 'token',
    pattern:
      /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255}|glpat-[\w-]{20,255}|npm_[A-Za-z0-9]{36}|xox[abeprs]-[A-Za-z0-9-]{10,255}|[sr]k_live_[A-Za-z0-9]{16,255}|AIza[\w-]{35}|(?:AKIA|ASIA)[A-Z0-9]{16}|SG\.[\w-]{22}\.[\w-]{43}|sk-(?:ant-|proj-)[\w-]{20,255})\b/dg,
  },
  { kind: 'token', pattern: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{16,2000}/dg },
];

// What people write where a password would stand.
const placeholder = /^(?:\*+|x{3,}|\.{3}|…|\$\{?\w+\}?|\$\{\{.*|%\w+%|<.*|\{.*\}|\[.*\])$/i;

/** Finds connection strings with passwords, private keys and tokens of well-known issuers. Placeholders such as `***` or `$PASSWORD` are none. */
export function findSecrets(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { kind, pattern } of shapes) {
    for (const match of text.matchAll(pattern)) {
      const hidden = match.groups?.hidden;
      if (hidden !== undefined && kind !== 'private key' && placeholder.test(hidden)) continue;
      const index = match.index;
      if (found.some((other) => index < other.index + other.text.length && other.index < index + match[0].length)) continue;
      const [from, to] = match.indices?.groups?.hidden ?? [index, index + match[0].length];
      const redacted = kind === 'token' ? `${match[0].slice(0, 4)}***` : `${text.slice(index, from)}***${text.slice(to, index + match[0].length)}`;
      found.push({ kind, index, text: match[0], redacted });
    }
  }
  return found.sort((a, b) => a.index - b.index);
}

/** The text with each secret replaced: `postgres://shop:s3cr3t@db/shop` becomes `postgres://shop:***@db/shop`. */
export function redactSecrets(text: string): string {
  let result = '';
  let end = 0;
  for (const { index, text: secret, redacted } of findSecrets(text)) {
    result += text.slice(end, index) + redacted;
    end = index + secret.length;
  }
  return result + text.slice(end);
}
