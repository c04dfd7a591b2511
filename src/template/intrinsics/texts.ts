import { isPlaceholder, symbolsOf, textOfSymbols } from '../../model/value';
import { isObject, objectOf } from '../json';
import type { Intrinsic, Scope } from '../scope';
import { Unresolved, concatenate, placeholder, placeholderName, toText, type Resolved } from '../unresolved';
import { getAtt, isGeneratedId, reference } from './references';

/** `Fn::Join`: a delimiter and a list. */
export const join: Intrinsic = (argument, scope) => {
  if (!Array.isArray(argument) || argument.length !== 2) return new Unresolved('Fn::Join has no delimiter and list');
  const delimiter = scope.resolve(argument[0]);
  const list = scope.resolve(argument[1]);
  if (typeof delimiter !== 'string') return new Unresolved('the delimiter of Fn::Join is no fixed text');
  if (list instanceof Unresolved) {
    const name = placeholderName(list.expression);
    return new Unresolved(list.unknown, name && placeholder(`${name} joined by ${delimiter}`));
  }
  if (!Array.isArray(list)) return new Unresolved('Fn::Join has no list');
  const parts: (string | Unresolved)[] = [];
  for (const each of list) {
    if (parts.length > 0 && delimiter !== '') parts.push(delimiter);
    parts.push(toText(each, 'a part of Fn::Join'));
  }
  return concatenate(parts);
};

/** `Fn::Sub`: a text, or a text and values for its names. */
export const sub: Intrinsic = (argument, scope) => {
  const [text, values] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof text !== 'string') return new Unresolved('Fn::Sub has no text');
  const own = objectOf(values);
  const known = new Map<string, string | Unresolved>();
  const valueOf = (name: string) => {
    const value = known.get(name) ?? substitute(name, own, scope);
    known.set(name, value);
    return value;
  };
  const parts: (string | Unresolved)[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(valueOf(match[1].trim()));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return concatenate(parts);
};

function substitute(name: string, own: { readonly [name: string]: unknown }, scope: Scope): string | Unresolved {
  if (name.startsWith('!')) return `\${${name.slice(1)}}`;
  if (Object.hasOwn(own, name)) return toText(scope.resolve(own[name]), `\${${name}} in Fn::Sub`);
  const value = name.includes('.') ? getAtt(name, scope) : reference(name, scope);
  return toText(value, `\${${name}} in Fn::Sub`);
}

/** `Fn::Split`: a delimiter and a text. */
export const split: Intrinsic = (argument, scope) => {
  if (!Array.isArray(argument) || argument.length !== 2) return new Unresolved('Fn::Split has no delimiter and text');
  const delimiter = scope.resolve(argument[0]);
  const text = toText(scope.resolve(argument[1]), 'the text of Fn::Split');
  if (typeof delimiter !== 'string' || delimiter === '') return new Unresolved('the delimiter of Fn::Split is no fixed text');
  if (typeof text === 'string') return text.split(delimiter);
  return splitExpression(text, delimiter, scope)
    ?? new Unresolved(text.unknown, text.expression && placeholder(`${nameOf(text.expression)} split ${delimiter}`));
};

/**
 * Splits an expression whose placeholders hold neither `:` nor `/`: pseudo parameters, and ids that Cognito and
 * API Gateway give to their resources.
 */
function splitExpression(text: Unresolved, delimiter: string, scope: Scope): Resolved | undefined {
  if (text.expression === undefined || (delimiter !== ':' && delimiter !== '/')) return undefined;
  const parts: string[][] = [[]];
  for (const symbol of symbolsOf(text)) {
    const name = isPlaceholder(symbol) ? placeholderName(symbol) : undefined;
    if (name !== undefined && !PLAIN_PSEUDO_PARAMETER.test(name) && !isGeneratedId(name, scope)) return undefined;
    if (symbol === delimiter) parts.push([]);
    else parts[parts.length - 1].push(symbol);
  }
  return parts.map((part) => {
    const value = textOfSymbols(part, text.unknown);
    return typeof value === 'string' ? value : new Unresolved(value.unknown, value.expression);
  });
}

const PLAIN_PSEUDO_PARAMETER = /^AWS::(?:Region|AccountId|Partition|URLSuffix)$/;

/** `Fn::Select`: an index and a list. */
export const select: Intrinsic = (argument, scope) => {
  if (!Array.isArray(argument) || argument.length !== 2) return new Unresolved('Fn::Select has no index and list');
  const position = scope.resolve(argument[0]);
  const list = scope.resolve(argument[1]);
  const index = typeof position === 'string' || typeof position === 'number' ? Number(position) : NaN;
  if (!Number.isInteger(index) || index < 0) return new Unresolved('the index of Fn::Select is no fixed number');
  if (list instanceof Unresolved) {
    return new Unresolved(list.unknown, list.expression && placeholder(`${nameOf(list.expression)} [${index}]`));
  }
  if (!Array.isArray(list)) return new Unresolved('Fn::Select has no list');
  // Earlier elements that may be absent move the later ones.
  const moved = list.slice(0, index + 1).find((each) => each instanceof Unresolved && each.mayBeAbsent);
  if (moved instanceof Unresolved) return new Unresolved(moved.unknown);
  return index < list.length ? list[index] : new Unresolved('Fn::Select asks for more elements than its list has');
};

/** `Fn::Base64`. */
export const base64: Intrinsic = (argument, scope) => {
  const text = toText(scope.resolve(argument), 'the text of Fn::Base64');
  if (typeof text === 'string') return Buffer.from(text, 'utf8').toString('base64');
  return new Unresolved(text.unknown, text.expression && placeholder(`base64 ${text.expression}`));
};

/** `Fn::FindInMap`: a map and two keys, with the language extensions also a default value. */
export const findInMap: Intrinsic = (argument, scope) => {
  if (!Array.isArray(argument) || argument.length < 3) return new Unresolved('Fn::FindInMap has no map and two keys');
  const names = argument.slice(0, 3).map((each) => toText(scope.resolve(each), 'a key of Fn::FindInMap'));
  const open = names.find((name) => name instanceof Unresolved);
  if (open instanceof Unresolved) {
    const [map, ...keys] = names.map((name) => (name instanceof Unresolved ? name.expression : name));
    const expression = [map, ...keys].includes(undefined) ? undefined : placeholder(`${scope.stack}/${map}[${keys.join('][')}]`);
    return new Unresolved(open.unknown, expression);
  }
  let found: unknown = scope.mappings;
  for (const name of names as string[]) {
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  if (found !== undefined) return mappedValue(found) ?? new Unresolved(`mapping ${names.join('.')} of template ${scope.stack} is neither text nor list`);
  const options = objectOf(argument[3]);
  return Object.hasOwn(options, 'DefaultValue')
    ? scope.resolve(options.DefaultValue)
    : new Unresolved(`template ${scope.stack} has no mapping ${names.join('.')}`);
};

/** What a mapping may hold: texts and lists of texts, and no functions. */
function mappedValue(value: unknown): Resolved {
  const isPlain = (each: unknown) => ['string', 'number', 'boolean'].includes(typeof each);
  return isPlain(value) || (Array.isArray(value) && value.every(isPlain)) ? value as Resolved : undefined;
}

function nameOf(expression: string): string {
  return placeholderName(expression) ?? expression;
}
