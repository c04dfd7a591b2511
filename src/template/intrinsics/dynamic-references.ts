import type { Scope } from '../scope';
import { inPlace } from './places';
import { Unresolved, concatenate, placeholder } from '../unresolved';

const START = '{{resolve:';

/**
 * A text with dynamic references (`{{resolve:ssm:…}}`), which CloudFormation looks up at deployment in the account and
 * Region of the stack. The text may be an expression, whose placeholders may stand in a reference too.
 */
export function dynamicReferences(text: string | Unresolved, scope: Pick<Scope, 'source'>): string | Unresolved {
  if (text instanceof Unresolved) return inExpression(text, scope);
  if (!text.includes(START)) return text;
  return concatenate(text.split(/\{\{(resolve:[^}]*)\}\}/).map((part, index) => {
    if (index % 2 === 0) return part;
    return new Unresolved(`dynamic reference ${part.slice('resolve:'.length)} is resolved at deployment`, placeholder(inPlace(part, scope)));
  }));
}

function inExpression(text: Unresolved, scope: Pick<Scope, 'source'>): Unresolved {
  const { expression, unknown, mayBeAbsent } = text;
  if (expression === undefined || !expression.includes('{{')) return text;
  const replaced = expression.replace(/\{\{(resolve:(?:\$\{[^}]*\}|[^}])*)\}\}/g, (_, part: string) => placeholder(inPlace(part, scope)));
  // What is left may turn out to be a reference, depending on the parts that are not known.
  return new Unresolved(unknown, replaced.includes('{{') ? undefined : replaced, mayBeAbsent);
}
