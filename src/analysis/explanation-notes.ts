import { groupCallers } from './callers';
import { dependsOnToken, type Judgement } from './judge';
import type { MatrixNote, MatrixNoteKind } from './matrix-data';
import { textOf } from './matrix-names';
import { matrixNotes } from './matrix-notes';
import type { AccessModel, Client, Method } from '../model/access-model';
import { indexOf } from '../model/model-index';
import { isKnown } from '../model/value';

/** Notes that can change a yes. What else the matrix notes, an explanation says itself. */
const ABOUT_YES: readonly MatrixNoteKind[] = [
  'apiKey', 'condition', 'domainMissing', 'externalUserPool', 'notRead', 'privateApi', 'resourcePolicy', 'sharedScope', 'tokenTrigger', 'uncheckedScopes',
];
/** Notes that can change a no. */
const ABOUT_NO: readonly MatrixNoteKind[] = ['externalUserPool', 'notRead', 'scopeOfOtherPool', 'uncheckedScopes'];

/** The notes of the matrix that concern one answer: those about the client, its user pool, the methods and what belongs to them. */
export function explanationNotes(
  model: AccessModel, client: Client | undefined, methods: readonly Method[], judgement: Judgement, because: string,
): MatrixNote[] {
  const allowed = client !== undefined && judgement.verdict === 'allow' ? [{ principal: client.id, method: methods[0].id, ...judgement }] : [];
  const subjects = new Set(subjectsOf(model, client, methods));
  const kinds = judgement.verdict === 'deny' ? ABOUT_NO : ABOUT_YES;
  return matrixNotes(model, groupCallers(model, model.clients), methods, allowed).flatMap((note) => {
    if (!kinds.includes(note.kind) || (note.kind === 'condition' && isSaid(note, because))) return [];
    const concerned = note.kind === 'notRead' ? note.subjects : note.subjects.filter((subject) => subjects.has(subject));
    return concerned.length === 0 ? [] : [{ ...note, subjects: concerned }];
  });
}

/** Ids of what an answer hangs on. Clients and user pools only where the answer depends on a token. */
function* subjectsOf(model: AccessModel, client: Client | undefined, methods: readonly Method[]): Generator<string> {
  for (const { id, api } of methods) yield* [id, api];
  const tokenMethods = methods.filter(dependsOnToken);
  if (client === undefined || tokenMethods.length === 0) return;
  yield* [client.id, textOf(client.userPool)];
  for (const { access } of tokenMethods) {
    const authorizer = 'authorizer' in access && isKnown(access.authorizer) ? indexOf(model).authorizers.get(access.authorizer) : undefined;
    if (authorizer !== undefined) yield* [authorizer.id, ...authorizer.userPools.map(textOf)];
  }
}

/** Whether the reason of the answer names the condition already. */
function isSaid({ note }: MatrixNote, because: string): boolean {
  return because.endsWith(note.slice(note.indexOf(': ') + 2));
}
