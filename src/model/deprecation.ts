import type { AccessModel, ScopeDeprecation } from './access-model';
import type { Problem } from './problem';
import { isKnown, isUnknown, joinText, sameText, showValue, type Value } from './value';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_REASON_CHARACTERS = 256;

/** Checks what is said of a scope that is to go; `name` is the scope's. Whether its day has passed is another question. */
export function checkDeprecation(name: string, { removeAfter, reason }: Pick<ScopeDeprecation, 'removeAfter' | 'reason'>): Problem[] {
  const problems: Problem[] = [];
  if (!isDay(removeAfter)) {
    problems.push({
      code: 'ScopeRemovalDate',
      subject: `removal date of scope "${name}"`,
      wrong: 'is no date',
      got: removeAfter,
      expected: 'a day of the calendar as YYYY-MM-DD',
      fix: 'write it as in "2027-01-31"',
    });
  }
  const length = reason.trim() === '' ? 0 : reason.length;
  if (length < 1 || length > MAX_REASON_CHARACTERS) {
    problems.push({
      code: 'ScopeDeprecationReason',
      subject: `deprecation of scope "${name}"`,
      wrong: length === 0 ? 'has no reason' : 'has a reason that is too long',
      got: `${length} characters`,
      expected: `1 to ${MAX_REASON_CHARACTERS} characters`,
      fix: 'say in a few words why the scope is to go',
    });
  }
  return problems;
}

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/**
 * Warns of a scope that is still declared after its last day.
 *
 * @param today the day as `YYYY-MM-DD`
 */
export function checkRemovalDay(name: string, { removeAfter }: Pick<ScopeDeprecation, 'removeAfter'>, today: string): Problem[] {
  if (!isDay(removeAfter) || today <= removeAfter) return [];
  return [{
    code: 'ScopeRemovalOverdue',
    subject: `removal date of scope "${name}"`,
    wrong: 'is in the past',
    got: removeAfter,
    expected: `${today} or later`,
    fix: 'remove the scope, or give its users more time with a later date',
  }];
}

/** Says in a few words that a scope is to go, when, why, and what takes its place. */
export function describeDeprecation({ replacedBy, removeAfter, reason }: ScopeDeprecation): string {
  const instead = replacedBy === undefined ? '' : `; ${showValue(replacedBy)} takes its place`;
  return `is deprecated and may go after ${removeAfter}: ${reason}${instead}`;
}

/** A scope that is to go. */
interface DeprecatedScope {
  readonly userPool: Value<string>;
  readonly fullName: Value<string>;
  readonly deprecated: ScopeDeprecation;
}

/** Few models have deprecated scopes, and each is asked about every scope of every client. */
const deprecatedScopes = new WeakMap<AccessModel, readonly DeprecatedScope[]>();

/** What a model says of a scope that is to go; undefined for others, and where it is not certain that it is that scope. */
export function deprecationOf(model: AccessModel, userPool: Value<string>, scope: Value<string>): ScopeDeprecation | undefined {
  let all = deprecatedScopes.get(model);
  if (all === undefined) deprecatedScopes.set(model, all = findDeprecated(model));
  return all.find((each) => sameText(each.fullName, scope) === true && sameText(each.userPool, userPool) === true)?.deprecated;
}

function findDeprecated(model: AccessModel): DeprecatedScope[] {
  return model.resourceServers.flatMap(({ userPool, identifier, scopes }) => scopes.flatMap((scope) => {
    if (isUnknown(scope) || scope.deprecated === undefined) return [];
    const { name, deprecated } = scope;
    const fullName = isKnown(identifier) && isKnown(name) ? `${identifier}/${name}` : joinText([identifier, '/', name]);
    return [{ userPool, fullName, deprecated }];
  }));
}
