import { type Acceptance, type AcceptedHazard, type Finding, type Issue, nearest } from '@planwright/spec';
import { rules } from './generated/rules.js';
import type { Remark } from './remarks.js';

const none: readonly Acceptance[] = [];

const known = new Map(rules.map((rule) => [rule.id, rule]));

/** What somebody accepts, with whether anything was found that it accepts. */
interface Entry {
  readonly rule: string;
  readonly reason: string;
  readonly by?: string;
  /** `migrations/0007.sql:3`, or the entry of the configuration. */
  readonly where: string;
  readonly place?: Pick<Issue, 'file' | 'line' | 'column'>;
  used: boolean;
}

/** Entries of the configuration and remarks beside statements: what is accepted, and what is wrong with them. */
export class Acceptances {
  readonly #configured: { readonly entry: Entry; readonly from: AcceptedHazard }[] = [];
  readonly #remarked: Entry[] = [];
  readonly #issues: Issue[] = [];
  readonly #advice: boolean;

  constructor(accept: readonly AcceptedHazard[], advice: boolean) {
    this.#advice = advice;
    for (const [index, from] of accept.entries()) {
      const where = `accept[${index}] of the configuration`;
      if (!this.#isKnown(from.rule, where)) continue;
      if (from.reason.trim() === '') this.#issues.push(withoutReason(from.rule, where));
      else
        this.#configured.push({
          from,
          entry: { rule: from.rule, reason: from.reason, ...(from.by === undefined ? {} : { by: from.by }), where, used: false },
        });
    }
  }

  /** Which of a statement's findings are accepted, one acceptance for each rule. Remarks are those above and beside it. */
  of(findings: readonly Finding[], remarks: readonly Remark[], migration: string): readonly Acceptance[] {
    if (remarks.length === 0 && this.#configured.length === 0) return none;
    const entries = remarks.flatMap((remark) => this.#entriesOf(remark));
    this.#remarked.push(...entries);
    const accepted = new Map<string, Acceptance>();
    for (const finding of findings) {
      const own = entries.filter(({ rule }) => rule === finding.rule);
      const general = this.#configured.filter(({ from }) => isMeant(from, finding, migration)).map(({ entry }) => entry);
      for (const entry of [...own, ...general]) {
        entry.used = true;
        if (accepted.has(entry.rule)) continue;
        const { rule, reason, by, where } = entry;
        accepted.set(rule, { rule, reason, ...(by === undefined ? {} : { by }), where });
      }
    }
    return [...accepted.values()];
  }

  /** What is wrong, once every statement of these migrations has been asked about. An entry for all migrations may wait for another change. */
  issues(ids: readonly string[]): readonly Issue[] {
    if (this.#remarked.length === 0 && this.#configured.length === 0) return this.#issues;
    const migrations = new Set(ids);
    const unused = [
      ...this.#remarked,
      ...this.#configured
        .filter(({ from }) => from.migrations !== undefined && from.migrations.length > 0 && from.migrations.every((id) => migrations.has(id)))
        .map(({ entry }) => entry),
    ].filter(({ used, rule }) => !used && (this.#advice || known.get(rule)?.verdict !== 'advice'));
    return [
      ...this.#issues,
      ...unused.map(
        ({ rule, where, place }): Issue => ({
          code: 'acceptance-unused',
          message: place
            ? `Nothing that ${rule} finds is accepted here: the statement has no such finding.`
            : `${where} accepts ${rule}, which was not found there.`,
          ...place,
          severity: 'warning',
          hint: 'Remove it, or put it directly above the statement that is meant.',
        }),
      ),
    ];
  }

  #entriesOf({ text, file, line, column }: Remark): readonly Entry[] {
    const place = { file, line, column };
    const where = `${file}:${line}`;
    const [, list, reason] = /^accept\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:because\s+([\s\S]*))?$/i.exec(text) ?? [];
    if (list === undefined) {
      this.#issues.push({
        code: 'acceptance-syntax',
        message: `'planwright: ${text.split('\n')[0] ?? ''}' is not understood.`,
        ...place,
        severity: 'warning',
        hint: 'Write `planwright: accept <rule>, <rule> because <reason>`.',
      });
      return [];
    }
    const named = list.split(',').map((rule) => rule.trim());
    const ids = named.filter((rule) => this.#isKnown(rule, where, place));
    if (reason === undefined || reason.trim() === '') {
      this.#issues.push(...ids.map((rule) => withoutReason(rule, where, place)));
      return [];
    }
    return ids.map((rule) => ({ rule, reason: reason.trim().replace(/\s+/g, ' '), where, place, used: false }));
  }

  #isKnown(rule: string, where: string, place?: Entry['place']): boolean {
    if (known.has(rule)) return true;
    const near = nearest(rule, known.keys());
    this.#issues.push({
      code: 'unknown-rule',
      message: `${place ? 'There' : `${where}: there`} is no rule '${rule}', so nothing is accepted by it.`,
      ...place,
      severity: 'warning',
      ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
    });
    return false;
  }
}

function isMeant({ rule, migrations, tables }: AcceptedHazard, finding: Finding, migration: string): boolean {
  if (rule !== finding.rule || (migrations && !migrations.includes(migration))) return false;
  return tables === undefined || (finding.relation !== undefined && tables.includes(finding.relation));
}

function withoutReason(rule: string, where: string, place?: Entry['place']): Issue {
  return {
    code: 'acceptance-without-reason',
    message: `${place ? 'The' : `${where}: the`} acceptance of ${rule} gives no reason, so it does not count.`,
    ...place,
    severity: 'warning',
    hint: `Write \`planwright: accept ${rule} because <reason>\`.`,
  };
}
