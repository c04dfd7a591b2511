import type { Explanation, TokenAnswer } from './explain';
import { needsOf } from './matrix-cells-text';
import { ANONYMOUS } from './matrix-data';
import { noteLines } from './matrix-legend';
import { longest, paragraph, wrap, type TextOptions, printable } from './text';
import type { TokenSource } from '../model/tokens';

/** How a client obtains a token, in the words of OAuth and Cognito. */
const SOURCES: { readonly [source in TokenSource]: string } = {
  client_credentials: 'the client credentials grant',
  code: 'the authorization code grant',
  implicit: 'the implicit grant',
  sdkSignIn: 'sign-in through the API of Cognito',
  clientToken: 'GetClientToken',
};

const VERDICTS = { allow: 'yes', deny: 'no', unknown: 'cannot be known' } as const;

/** Shows full scope names. */
const ALL: Parameters<typeof needsOf>[1] = { show: (scope) => scope };

/** Writes an explanation as text: the answer first, then the method and what to change, each token, and notes. */
export function renderExplanationText(given: Explanation, options: Pick<TextOptions, 'width' | 'style'>): string {
  const explanation = printable(given);
  const { style, width } = options;
  const { principal, method, verdict, authorizer, answers, matchedScopes, hint } = explanation;
  const colour = { allow: style.green, deny: style.red, unknown: style.yellow }[verdict];
  const named = principal.name === ANONYMOUS ? `${principal.name} (${principal.id})` : principal.name;
  const who = principal.kind === 'anonymous' ? 'a caller without a token' : named;
  const facts = [
    ['needs', needsOf(method, ALL)],
    ['authorizer', authorizer && `${authorizer.id}${authorizer.userPools.length > 0 ? `, for tokens of ${authorizer.userPools.join(', ')}` : ''}`],
    ...(explanation.alternatives ?? []).map((other) => ['may answer', `${other.verb} ${other.path} too (needs ${needsOf(other, ALL)})`]),
    ['matched', matchedScopes.join(', ') || undefined],
    ['because', becauseOf(explanation)],
    ...(explanation.deprecated ?? []).map((sentence) => ['but', sentence]),
    ['to allow it', hint],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  const column = longest(facts.map(([label]) => label)) + 2;
  const asked = `${who}, ${method.verb} ${method.path} of ${method.api}`;
  const tokens = answers.filter(({ token }) => token !== 'none');
  const blocks = [
    paragraph(`${VERDICTS[verdict]}: `, asked, width, (label) => `${style.bold(colour(label.slice(0, -2)))}: `),
    facts.flatMap(([label, text]) => paragraph(label.padEnd(column), text, width, style.dim)),
    tokens.length > 0 ? ['tokens of the client', ...tokens.flatMap((answer) => tokenLines(answer, options))] : [],
    (explanation.notes ?? []).flatMap((note) => noteLines(note, options)),
  ];
  return `${blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function becauseOf({ decisive, principal }: Explanation): string {
  if (decisive === undefined) return 'the client obtains no token';
  if (decisive.token === 'none') return principal.kind === 'client' && decisive.reason === 'public' ? 'the method is public: no token is needed' : decisive.text;
  return `${tokenName(decisive)}: ${decisive.text}`;
}

function tokenLines(answer: TokenAnswer, { width, style }: Pick<TextOptions, 'width' | 'style'>): string[] {
  const sign = { allow: style.green('+'), deny: style.red('-'), unknown: style.yellow('?') }[answer.verdict];
  const scopes = answer.scopes.length > 0 ? ` with ${answer.scopes.join(', ')}` : answer.token === 'access' ? ' without scopes' : '';
  const [first, ...rest] = wrap(`${tokenName(answer)}${scopes}: ${answer.text}`, width - 4);
  return [`  ${sign} ${first}`, ...rest.map((line) => `    ${line}`)];
}

function tokenName({ token, source }: TokenAnswer): string {
  return `${token === 'id' ? 'ID token' : 'access token'}${source === undefined ? '' : ` of ${SOURCES[source]}`}`;
}
