import { readToken } from '@planwright/sql/postgresql';

/**
 * Why a statement is not run: it plainly reaches outside the scratch database. Looked for in the statement, and in the bodies and strings of DO blocks and routines. SQL that is put
 * together at run time cannot be known; that it reaches nothing is for the engine to see to. Costs one pass over the text, and none where no word asks for it.
 */
export function reachesOutside(sql: string): string | undefined {
  if (!suspicious.test(sql) && !puts.test(sql)) return undefined;
  return reasonIn(sql, 'statement', 0);
}

/** Any word that one of the forms below needs. */
const suspicious =
  /\b(copy|dblink\w*|server|foreign|mapping|subscription|language|system|databases?|tablespace|roles?|users?|groups?|lo_import|lo_export|pg_read_\w+|pg_ls_\w+|pg_stat_file|pg_file_\w+|pg_logdir_ls|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal|pg_\w*replication\w*|load|authorization|session_authorization|extension|grant|revoke)\b/i;

/** Code that puts SQL together: a word may be in two strings. */
const puts = /\bexecute\b/i;

interface Form {
  readonly form: RegExp;
  readonly reason: string;
}

// Where a statement can begin: in bodies also after what opens a block.
const start = String.raw`(?:^|;|\b(?:begin|then|else|loop|execute)\b)\s*`;
const at = (form: string): RegExp => new RegExp(start + form);

/** Forms in the statement's skeleton: lower case, no comments, one space between tokens, strings emptied unless they are one word. */
const forms: readonly Form[] = [
  { form: at(String.raw`copy\b[^;]*?\b(?:from|to) program\b`), reason: 'COPY with PROGRAM runs a program on the server' },
  { form: at(String.raw`copy\b[^;]*?\b(?:from|to) (?:'|%)`), reason: 'COPY reads or writes a file of the server' },
  { form: at(String.raw`copy\b[^;]*? from stdin\b`), reason: 'its rows come from the client, and only psql sends them' },
  { form: /\bdblink(?:_connect|_connect_u|_exec|_open|_send_query)? ?\(/, reason: 'dblink connects to another database' },
  { form: at(String.raw`create extension (?:if not exists )?(?:dblink|postgres_fdw)\b`), reason: 'the extension connects to other databases' },
  { form: at(String.raw`create extension (?:if not exists )?(?:file_fdw|adminpack)\b`), reason: 'the extension reads files of the server' },
  {
    form: at(String.raw`create extension (?:if not exists )?(?:pl\w+u|plpython\w*|plsh|plr)\b`),
    reason: 'the language is not trusted: its code can do whatever the server can',
  },
  { form: at(String.raw`(?:create|alter|drop) (?:server|user mapping|foreign data wrapper)\b`), reason: 'a foreign server connects to other databases' },
  { form: at(String.raw`(?:create|alter) foreign table\b|${start}import foreign schema\b`), reason: 'a foreign table reads from another server' },
  { form: at(String.raw`(?:create|alter|drop) subscription\b`), reason: 'a subscription connects to another server' },
  {
    form: /\blanguage '?(?:c|internal|pl\w+u|plpython\w*|plsh|plr)\b/,
    reason: 'the language is not trusted: its code can do whatever the server can',
  },
  { form: at(String.raw`alter system\b`), reason: 'ALTER SYSTEM changes the settings of the whole server' },
  { form: at(String.raw`(?:create|alter|drop|comment on) database\b`), reason: 'it is about a database other than the scratch one' },
  { form: at(String.raw`(?:create|alter|drop|comment on) tablespace\b`), reason: 'a tablespace is a folder of the server' },
  { form: at(String.raw`(?:create|alter|drop|comment on) (?:role|user|group)\b(?! mapping)`), reason: 'roles belong to the whole server' },
  {
    form: at(String.raw`(?:grant|revoke)\b[^;]*? on (?:database|tablespace|foreign|parameter|language)\b`),
    reason: 'the privilege is about more than the scratch database',
  },
  { form: at(String.raw`(?:grant|revoke)\b(?:(?! on )[^;])* (?:to|from) `), reason: 'membership in a role belongs to the whole server' },
  { form: at("load '"), reason: 'LOAD loads a library into the server' },
  { form: at(String.raw`set (?:local |session )?(?:role\b(?! (?:= |to )?'?none\b)|session authorization\b(?! default))`), reason: 'it takes on another role' },
  { form: /\bset_config ?\( ?'(?:role|session_authorization)'/, reason: 'it takes on another role' },
  { form: /\b(?:lo_import|lo_export) ?\(/, reason: 'it reads or writes a file of the server' },
  { form: /\b(?:pg_read_file|pg_read_binary_file|pg_ls_\w+|pg_stat_file|pg_file_\w+|pg_logdir_ls) ?\(/, reason: 'it reads or writes files of the server' },
  {
    form: /\b(?:pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal|pg_create_(?:logical|physical)_replication_slot|pg_drop_replication_slot) ?\(/,
    reason: 'it acts on the whole server',
  },
];

/** A statement's strings are values; those of a block or routine are code, and so may be every string in that code. */
function reasonIn(text: string, kind: 'statement' | 'code', depth: number): string | undefined {
  const { skeleton, strings } = read(text);
  const found = forms.find(({ form }) => form.test(skeleton));
  if (found) return found.reason;
  // In a string of code what follows is put together at run time: `EXECUTE 'COPY t TO ' || …`.
  if (kind === 'code' && depth > 1 && /^copy\b[^;]*\b(?:from|to)( program)?$/.test(skeleton)) return 'COPY reads or writes a file of the server';
  if (kind === 'statement' && !/^(?:do|create (?:or replace )?(?:function|procedure))\b/.test(skeleton)) return undefined;
  if (depth > 8) return undefined;
  for (const inner of strings) {
    if (!suspicious.test(inner) && !puts.test(inner)) continue;
    const reason = reasonIn(inner, 'code', depth + 1);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

interface Text {
  readonly skeleton: string;
  readonly strings: readonly string[];
}

function read(text: string): Text {
  const parts: string[] = [];
  const strings: string[] = [];
  let joined = false;
  for (let place = 0; place < text.length; ) {
    const { kind, end } = readToken(text, place);
    const token = text.slice(place, end);
    place = end;
    if (kind === 'space' || kind === 'comment') continue;
    if (kind !== 'quoted') {
      parts.push(token.toLowerCase());
      joined = parts.at(-1) === '|' && parts.at(-2) === '|' && parts.at(-3)?.endsWith("'") === true;
      continue;
    }
    if (token.startsWith('"')) {
      parts.push(token.slice(1, -1).replaceAll('""', '"'));
      continue;
    }
    const content = contentOf(token);
    // 'CO' || 'PY …' is one string.
    if (joined && strings.length > 0) strings.push(`${strings.pop() ?? ''}${content}`);
    else strings.push(content);
    joined = false;
    parts.push(/^\w+$/.test(content) ? `'${content.toLowerCase()}'` : "''");
  }
  return { skeleton: parts.join(' ').replaceAll(' (', '('), strings };
}

function contentOf(token: string): string {
  const dollar = /^\$[^$]*\$/.exec(token)?.[0];
  if (dollar !== undefined) return token.slice(dollar.length, -dollar.length);
  const escaped = /^e/i.test(token);
  const inner = token.slice(escaped ? 2 : 1, -1).replaceAll("''", "'");
  return escaped ? inner.replace(/\\(.)/gs, (_, character: string) => ({ n: '\n', t: '\t', r: '\r' })[character] ?? character) : inner;
}
