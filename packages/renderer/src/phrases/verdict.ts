import type { Basis, CodeVerdict, DataVerdict, Lock, LockVerdict } from '@planwright/spec';
import { cell } from '../markdown/cell.js';
import { codeInCell, code as codeOf } from '../markdown/code.js';
import { type Markdown, markdown } from '../markdown/markdown.js';
import { text } from '../markdown/text.js';

/** What is said of a verdict that nobody has reached. */
const notAnalysed = 'not analysed';

/** "ACCESS EXCLUSIVE on `orders`, brief; no scan, no rewrite (predicted)", "ACCESS EXCLUSIVE on `orders`, brief; 1 statement not analysed (predicted)". */
export function lock(verdict: LockVerdict | undefined): Markdown {
  if (verdict === undefined) return markdown(notAnalysed);
  return both((code, plain) => {
    const { locks, rewrites = [], scans = [], unknown = 0 } = verdict;
    const held =
      locks.length > 0
        ? locks.map((one) => lockOn(one, code)).join('; ')
        : verdict.newOnly
          ? 'only relations that it creates are locked'
          : unknown > 0
            ? ''
            : 'no table is locked';
    const work = [rewrites.length > 0 ? `rewrites ${names(rewrites, code)}` : '', scans.length > 0 ? `scans ${names(scans, code)}` : ''].filter(
      (part) => part !== '',
    );
    // Of a statement that was not analysed nobody can say that it scans nothing.
    const cost = work.length > 0 ? work.join(', ') : locks.length > 0 && unknown === 0 ? 'no scan, no rewrite' : '';
    const open = unknown > 0 ? `${unknown} ${unknown === 1 ? 'statement' : 'statements'} ${notAnalysed}` : '';
    const said = [held, cost, open].filter((part) => part !== '').join('; ');
    return (verdict.note === undefined ? said : `${said}. ${plain(verdict.note.replace(/\.$/, ''))}`) + based(verdict.basis);
  });
}

/** "cannot fail on existing rows (predicted)", "may fail: … (ask V1 first)", "loses data: …". */
export function data(verdict: DataVerdict | undefined): Markdown {
  if (verdict === undefined) return markdown(notAnalysed);
  return both((_, plain) => {
    const outcome = { safe: 'cannot fail on existing rows', 'may fail': 'may fail on existing rows', loses: 'loses data' }[verdict.outcome];
    const reason = verdict.reason === undefined ? '' : `: ${plain(withinSentence(verdict.reason))}`;
    return `${outcome}${reason}${verdict.query === undefined ? '' : `; ask ${plain(verdict.query)} first`}${based(verdict.basis)}`;
  });
}

/** "running releases go on (predicted)", "breaks a running release: …". */
export function code(verdict: CodeVerdict | undefined): Markdown {
  if (verdict === undefined) return markdown(notAnalysed);
  return both((_, plain) => {
    const outcome = verdict.breaksOld
      ? verdict.needsNew
        ? 'breaks a running release, and new code must wait for it'
        : 'breaks a running release'
      : verdict.needsNew
        ? 'running releases go on; new code must wait for it'
        : 'running releases go on';
    // A reason that says who must wait needs nobody to say it before.
    if (!verdict.breaksOld && verdict.reason?.startsWith('New code '))
      return `running releases go on; ${plain(withinSentence(verdict.reason))}${based(verdict.basis)}`;
    return `${outcome}${verdict.reason === undefined ? '' : `: ${plain(withinSentence(verdict.reason))}`}${based(verdict.basis)}`;
  });
}

function lockOn({ mode, relation, held }: Lock, code: (name: string) => string): string {
  return `${mode} on ${code(relation)}, ${{ brief: 'brief', scan: 'for a scan', rewrite: 'for a rewrite' }[held]}`;
}

function names(relations: readonly string[], code: (name: string) => string): string {
  return relations.map(code).join(', ');
}

function based(basis: Basis | undefined): string {
  return basis === undefined ? '' : ` (${basis})`;
}

// A reason is stored as a sentence; in the middle of one it loses its full stop and the capital of a plain word: `Release 7` is a name.
function withinSentence(reason: string): string {
  return reason.replace(/\.$/, '').replace(/^(?:A|[A-Z][a-z]+) (?!\d)/, (word) => word.toLowerCase());
}

/** The same phrase for text and for a cell. */
function both(write: (code: (name: string) => string, plain: (value: string) => string) => string): Markdown {
  return markdown(
    write(
      (name) => codeOf(name).markdown,
      (value) => text(value, 'inside'),
    ),
    write(codeInCell, cell),
  );
}
