import type { Operation } from '@planwright/spec';
import { firstIndex } from '../first-index.js';
import { onTableText, tableText } from '../verdicts/statement-facts.js';
import type { StatementAt } from './rule.js';

/** What an operation brings about, in words that rules look up: `view open_orders`, `type order_status`. */
function thingsOf(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'createTable':
      return [`relation ${tableText(operation.table)}`];
    case 'createView':
      return [`relation ${tableText(operation.view)}`, `view ${tableText(operation.view)}`];
    case 'createTrigger':
      return [`trigger ${operation.trigger.name} on ${onTableText(operation)}`];
    case 'setTriggerState':
      if (operation.state !== 'enabled') return [];
      return [operation.name === undefined ? `triggers on ${onTableText(operation)}` : `trigger ${operation.name} on ${onTableText(operation)}`];
    case 'createPolicy':
      return [`policy on ${onTableText(operation)}`, `policy ${operation.policy.name} on ${onTableText(operation)}`];
    case 'createEnum':
      return [`type ${tableText(operation.enum)}`];
    case 'createDomain':
      return [`type ${tableText(operation.domain)}`];
    case 'createCompositeType':
      return [`type ${tableText(operation.compositeType)}`];
    case 'renameType':
      return [`type ${tableText({ ...operation, name: operation.to })}`];
    case 'addEnumValue':
      return [`label ${operation.label} of ${tableText(operation)}`];
    case 'createRoutine':
      return [`routine ${tableText(operation.routine)}`, ...(operation.orReplace ? [] : [`new routine ${tableText(operation.routine)}`])];
    case 'createSchema':
      return [`schema ${operation.name}`, ...(operation.ifNotExists ? [] : [`new schema ${operation.name}`])];
    case 'createExtension':
      return operation.ifNotExists ? [] : [`new extension ${operation.name}`];
    case 'createSequence':
      return [`sequence ${tableText(operation.sequence)}`];
    case 'controlTransaction':
      return operation.action === 'begin' ? ['begin'] : operation.action === 'commit' || operation.action === 'rollback' ? ['end'] : [];
    default:
      return [];
  }
}

/** Where in a list of statements each thing comes about: made in one walk, so that a rule that asks about every statement costs no walk of its own. */
export class MadeThings {
  readonly #places = new Map<string, number[]>();

  constructor(private readonly statements: readonly StatementAt[]) {
    for (const [place, { operations }] of statements.entries()) {
      for (const operation of operations) for (const thing of thingsOf(operation)) this.#note(thing, place);
      if (operations.some(({ type }) => type !== 'setSetting')) this.#note('work', place);
    }
  }

  /** The first statement behind `place`, and before `end`, that makes the thing. */
  after(thing: string, place: number, end = this.statements.length): StatementAt | undefined {
    const places = this.#places.get(thing) ?? [];
    const next = places[firstIndex(places, (one) => one > place)];
    return next !== undefined && next < end ? this.statements[next] : undefined;
  }

  /** The last statement before `place`, and not before `start`, that makes the thing. */
  before(thing: string, place: number, start = 0): StatementAt | undefined {
    const places = this.#places.get(thing) ?? [];
    const last = places[firstIndex(places, (one) => one > place - 1) - 1];
    return last !== undefined && last >= start ? this.statements[last] : undefined;
  }

  /** The last statement before this one that makes the thing. */
  beforeStatement(thing: string, { place }: StatementAt): StatementAt | undefined {
    return this.before(thing, place);
  }

  #note(thing: string, place: number): void {
    const places = this.#places.get(thing);
    if (!places) this.#places.set(thing, [place]);
    else if (places.at(-1) !== place) places.push(place);
  }
}
