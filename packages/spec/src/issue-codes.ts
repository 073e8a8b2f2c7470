/** What a code of an issue means, and what to do about it. */
export interface IssueCode {
  readonly means: string;
  readonly todo: string;
}

const input = 'Correct the file at the place that the message names.';
const template = 'Correct the template at the place that the message names.';

/** Every code that planwright's packages give their issues, so that `planwright explain <code>` can say more than the message. */
export const issueCodes: Readonly<Record<string, IssueCode>> = {
  // Reading files
  'missing-path': { means: 'A file or folder that was named is not there.', todo: 'Check the path; it is taken from the current folder.' },
  'unreadable-file': { means: 'A file is there but cannot be read.', todo: 'Check its permissions.' },
  'unreadable-folder': { means: 'A folder is there but cannot be listed.', todo: 'Check its permissions.' },
  'not-utf-8': {
    means: 'A file holds bytes that are no UTF-8. Guessing another encoding could change a value without a word.',
    todo: 'Save the file as UTF-8.',
  },
  'file-too-large': { means: 'A file is larger than the largest that is read.', todo: 'Leave it out, or split it.' },
  unwritable: {
    means: 'A file could not be written. Documents are written all or none, so nothing was changed.',
    todo: 'Choose another folder with --out, or check permissions and disk.',
  },
  'down-not-written': {
    means: 'A way back was not written beside its migration: one is there, or both stand in the same file.',
    todo: 'Write it into another folder with --out, and put it in place by hand.',
  },
  'migration-refused': {
    means: 'The database refused a migration of the history, so that nothing after it could be tried.',
    todo: 'Give what the history expects to find with --before, such as extensions and roles.',
  },
  'extension-expected': {
    means: 'The history uses what only an extension brings, and does not create that: somebody has installed it by hand.',
    todo: 'Nothing for the rehearsal, which creates it. Write it into the history, or into what --before names, so that a fresh database has it too.',
  },
  'no-git': { means: '--since asks git which files have changed, and there is no git.', todo: 'Name the migrations with --migration.' },
  'unknown-ref': {
    means: 'git does not know the ref in this repository.',
    todo: 'Give a branch, tag or commit that exists here; a shallow clone may lack it.',
  },
  // Databases
  'server-unreachable': {
    means: 'No session could be opened on the database server.',
    todo: 'Check host, port, login, password and database of the connection string.',
  },
  'server-refused': {
    means: 'The database server refused a question about its catalogue.',
    todo: 'Use a login that may read the catalogue; the message says what was refused.',
  },
  'server-login': {
    means: 'Migrations are rehearsed on a server by a login without rights that owns only its scratch database, and none could be made.',
    todo: 'Give the login of the connection string CREATEROLE and CREATEDB, or rehearse with its own rights by --trust.',
  },
  // Contexts, answers, configuration
  'json-syntax': { means: 'The file is no JSON.', todo: input },
  'yaml-syntax': { means: 'The file is no YAML.', todo: input },
  'yaml-tag': { means: 'A YAML tag asks for a type of its own. Only plain data is read.', todo: 'Write the value without the tag.' },
  'yaml-alias': { means: 'A YAML alias is unknown, or aliases unfold to too much.', todo: 'Write the value out.' },
  'duplicate-key': { means: 'A key stands twice in one object; which one counts would depend on the reader.', todo: 'Keep one of them.' },
  'not-a-context': {
    means: 'The file is the JSON beside a document, which tells of it and does not hold what it was made from.',
    todo: 'Give the folder of the project, or the context that `planwright plan --format json` prints.',
  },
  'unknown-key': {
    means: 'The schema has no such key in this place.',
    todo: 'Correct its spelling, or remove it. `planwright explain` lists the keys of a place.',
  },
  'missing-key': { means: 'An object lacks a key without which it has no sense.', todo: 'Give it.' },
  'wrong-value': { means: 'The value is none of those that are allowed here.', todo: 'Choose one of the values that the message lists.' },
  'wrong-type': { means: 'The value is of another type than the schema says.', todo: input },
  'wrong-form': { means: 'The value does not have the form that the schema says: an id, a date, a time.', todo: input },
  'wrong-size': { means: 'A list, text or number is too small or too large.', todo: input },
  'unknown-type': { means: 'An operation or constraint names a type that is not in the list.', todo: 'Use one of the types of the schema; `unknown` is one.' },
  secret: {
    means: 'A value looks like a password, key or token. Plans are shared, so it is refused; the message shows it redacted.',
    todo: 'Name the environment variable that holds it instead.',
  },
  'duplicate-id': { means: 'Two things of one kind have the same id.', todo: 'Give one of them another id.' },
  'dangling-reference': { means: 'Something is referred to by an id that nothing has.', todo: 'Correct the id, or add what it names.' },
  'cyclic-dependency': { means: 'Things depend on each other in a circle: no order fits.', todo: 'Remove one of the dependencies that the message lists.' },
  'dependency-order': { means: 'Something stands before what it depends on.', todo: 'Move it behind.' },
  'phase-order': { means: 'A migration depends on one of a later phase, such as an expand on its contract.', todo: 'Correct the phase or the dependency.' },
  'down-order': { means: 'The way back does not take things back in the reverse order.', todo: 'Reverse it.' },
  'missing-strategy': { means: 'A breaking change does not say how it is carried out.', todo: 'Give its strategy.' },
  contradiction: { means: 'Two values of the context exclude each other.', todo: input },
  'contradicts-computed': {
    means: 'A given value contradicts what follows from the operations.',
    todo: 'Remove it, or correct the operations. Risk may be raised, not lowered.',
  },
  'set-null-not-null': {
    means: 'A foreign key sets a column to NULL that refuses NULL: the action can only fail.',
    todo: 'Choose another action, or let the column take NULL.',
  },
  'threshold-order': {
    means: 'The alert threshold of a metric is not milder than its rollback threshold: there would be no warning.',
    todo: 'Set the alert below the rollback.',
  },
  'range-order': { means: 'The lower bound of a range is above its upper bound.', todo: input },
  'total-is-no-sum': { means: 'A total differs from the sum of its parts.', todo: 'Leave it out; it is computed.' },
  'incomplete-status': { means: 'A status lacks what it needs: an applied migration its environment and time.', todo: input },
  'status-order': { means: 'A migration is further than one that it depends on.', todo: 'Correct one of the two.' },
  // Projects and migrations
  'no-migrations': { means: 'No migrations were found where they were looked for.', todo: 'Name the folder, or say `migrations:` in planwright.config.yaml.' },
  'several-migration-folders': { means: 'Several folders hold migrations; one was taken.', todo: 'Name the folder that is meant.' },
  'no-changed-migration': {
    means: 'None of the files that changed is a migration of the project.',
    todo: 'Check the ref, or name the migrations with --migration.',
  },
  'unknown-migration': { means: 'No migration has that id.', todo: '`planwright list <folder>` shows the ids.' },
  'ambiguous-migration': { means: 'Several migrations fit a shortened id.', todo: 'Give the whole id.' },
  'empty-migration': { means: 'The migration holds no statement.', todo: 'Fill it or remove it; a plan of it says that nothing happens.' },
  'database-assumed': { means: 'Nothing in the project says which database it uses.', todo: 'Say `target: { database: … }` in planwright.config.yaml.' },
  'database-not-analysed': { means: 'Migrations of this database are not analysed from their SQL yet.', todo: 'Write a context by hand and render it.' },
  'unsupported-database': { means: 'The template or part cannot speak of this database.', todo: 'Choose another template, or correct `target.database`.' },
  'migration-missing': { means: 'A list of migrations names a file that is not there.', todo: 'Restore the file, or correct the list.' },
  'migration-not-listed': {
    means: 'A migration file is not in the list that its framework obeys: it would never run.',
    todo: 'Add it to the list, or remove the file.',
  },
  'migration-repeatable': {
    means: 'A repeatable migration runs again whenever it changes; it has no place in the order and is left out.',
    todo: 'Plan it by hand where it matters.',
  },
  'same-version': { means: 'Two migrations have the same version.', todo: 'Rename one of them; their order is not defined.' },
  'journal-unreadable': { means: 'The journal of a framework cannot be read.', todo: input },
  'refused-in-transaction': {
    means: 'A statement that PostgreSQL refuses inside a transaction stands in a migration that runs as one.',
    todo: 'Give it a migration of its own, outside a transaction.',
  },
  'operation-not-writable': {
    means: 'SQL of an operation could not be written: it does not hold enough, or the database has no such statement.',
    todo: 'Give the SQL of the statement.',
  },
  'no-zero-downtime-path': {
    means: 'A statement blocks, and no safe way around it is known, although zero downtime is asked for.',
    todo: 'Allow a maintenance window, or write the sequence by hand.',
  },
  'acceptance-without-reason': {
    means: 'A hazard is accepted without a reason. Who reads the plan must know why, so it does not count.',
    todo: 'Write `planwright: accept <rule> because <reason>`, or give the entry of the configuration a `reason`.',
  },
  'acceptance-unused': {
    means: 'A hazard is accepted where it was not found: the statement has changed, or the comment stands at another.',
    todo: 'Remove it, or put it directly above the statement that is meant.',
  },
  'acceptance-syntax': {
    means: 'A comment speaks to planwright and is not understood.',
    todo: 'Write `planwright: accept <rule>, <rule> because <reason>`.',
  },
  'unknown-rule': { means: 'There is no rule with that id.', todo: 'Correct it; the id stands beside each finding.' },
  // SQL
  'sql-syntax': { means: "The database's own grammar does not accept the statement.", todo: input },
  'sql-nul-character': { means: 'The text holds a NUL character, which no database accepts.', todo: 'Remove it.' },
  'sql-unclosed-comment': { means: 'A comment or quotation does not end.', todo: input },
  'sql-psql-command': { means: 'A line is a command of psql, not SQL; the framework would fail on it.', todo: 'Remove it, or run the file with psql.' },
  'sql-copy-data': { means: 'Rows of COPY … FROM stdin stand in the file; they are not read.', todo: 'Load data apart from migrations.' },
  'sql-too-deep': { means: 'An expression is nested deeper than the grammar can follow.', todo: 'Write it flatter.' },
  // Templates
  'unknown-template': { means: 'No template has that name.', todo: '`planwright list` shows the names; a folder of your own needs document.md.eta.' },
  'unknown-section': { means: 'The template has no such section.', todo: '`planwright explain <template>` lists its sections.' },
  'unknown-path': { means: 'A path that the template requires is not in the schema.', todo: template },
  'invalid-option': { means: 'An option of the template has a value that its schema refuses.', todo: 'Correct it under `options`.' },
  'no-database': { means: 'The context does not say which database it is for.', todo: 'Give `target.database`.' },
  'no-context': { means: 'An example of a template has no context.', todo: template },
  'no-document': { means: 'A template has no document.md.eta.', todo: template },
  'no-example': { means: 'A template has no example, so nothing shows what it makes.', todo: template },
  'no-file-name': { means: 'A template does not say the name of its file.', todo: template },
  'front-matter-language': { means: 'The front matter asks for another language than YAML, which could run code.', todo: 'Begin it with `---` or `---yaml`.' },
  'front-matter-open': { means: 'The front matter does not end.', todo: 'End it with `---`.' },
  'section-failed': { means: "A section of the project's own stopped while it was rendered.", todo: template },
  'template-syntax': { means: 'A section cannot be compiled.', todo: template },
  'section-type': { means: 'A section reads something that the context does not have, or that may be absent.', todo: template },
  'raw-output': { means: 'A section prints a value unescaped.', todo: 'Use `<%= … %>`; the functions of the scope make Markdown.' },
  'misplaced-value': { means: 'A value is printed where no escape can make it safe.', todo: template },
  'missing-heading': { means: 'A heading that other tools read literally is missing or out of order.', todo: template },
  'hostile-value': { means: 'A hostile value changes the structure or text of a document.', todo: template },
  'open-fence': { means: 'A fence is not closed.', todo: template },
  'trailing-space': { means: 'A line ends in spaces that are no hard break.', todo: template },
  'line-end': { means: 'A line ends in a carriage return.', todo: template },
  'file-end': { means: 'The document does not end in one newline.', todo: template },
  placeholder: { means: 'A placeholder reached the document.', todo: template },
  mermaid: { means: 'A diagram does not parse.', todo: template },
  golden: { means: 'The document differs from the committed one.', todo: 'Read the difference; `npm run generate` takes it over.' },
  'not-deterministic': { means: 'Two renders of one context differ.', todo: template },
  'state-lost': { means: 'What a reader wrote is lost by a new render.', todo: template },
  'state-leaks': { means: 'What a reader wrote appears where it does not belong.', todo: template },
  // Rehearsals
  'no-rehearsal': {
    means: 'No scratch database could be started, so nothing was tried. What the plan says of the database is predicted.',
    todo: 'Give the machine some 500 MB of memory, name a server with --database-url, or leave it so with --no-rehearse.',
  },
  'reaches-outside': {
    means: 'A statement plainly reaches outside the scratch database: files, programs, other databases, roles. It was not run.',
    todo: 'Move it out of the migration where it has no place there, and see for yourself what it does; the rest was rehearsed without it.',
  },
  // Existing documents
  'edited-document': {
    means: 'The document was changed outside of its slots; a new render would lose that.',
    todo: 'Move the text into Notes or an override, or use --force, which keeps a backup.',
  },
  'foreign-document': {
    means: 'A file is in the way that this template did not write.',
    todo: 'Choose another folder with --out, or use --force, which keeps a backup.',
  },
  'no-companion': {
    means: 'The JSON beside the document is missing, so nobody can tell what readers wrote.',
    todo: 'Restore it, or use --force, which keeps a backup.',
  },
  'other-template': { means: 'The document was written from another template.', todo: 'Choose another folder with --out.' },
  'slot-not-found': {
    means: 'A box, cell, note or log of the document is gone, and with it what was written there.',
    todo: 'Restore its line, or accept the loss.',
  },
  'tick-lost': { means: 'A ticked item has no place in the new document.', todo: 'See whether what it confirmed still holds.' },
  'cell-lost': { means: 'A cell that somebody filled has no place in the new document.', todo: 'Carry it over by hand where it matters.' },
  'note-lost': { means: 'A note has no place in the new document.', todo: 'Carry it over by hand where it matters.' },
  'log-lost': { means: 'The log has no place in the new document.', todo: 'Keep the old document.' },
  'cell-value': { means: 'A cell holds a value that is not among those it may take.', todo: 'Write one of the values that the message lists.' },
  'status-move': { means: 'A status was moved further than one step.', todo: 'Move it forward one at a time, or back to In Progress.' },
  'status-unticked': {
    means: 'A migration is complete or applied although an item of its checklists is not ticked.',
    todo: 'Tick the item, or set the status back.',
  },
};
