import type { MatrixNoteKind } from './matrix-data';
import type { AccessModel, Client } from '../model/access-model';
import { EXTERNAL_USER_POOL_ASSUMPTION, sameUserPool } from '../model/user-pools';
import { isKnown, isUnknown } from '../model/value';

/** Notes a sentence about an entity. */
export type Note = (kind: MatrixNoteKind, subject: string, text: string) => void;

const EXTERNAL = `is declared by no template here and taken for one with ${EXTERNAL_USER_POOL_ASSUMPTION.text}`;

/** Notes what a reader must know of user pools: their issuer, their domain, and what is assumed of those that no template declares. */
export function noteUserPools(model: AccessModel, clients: readonly Client[], note: Note): void {
  for (const { id, issuer, origin } of model.userPools) {
    if (issuer === 'updated') note('updatedIssuer', id, 'uses the updated issuer, which the Cognito authorizer of API Gateway refuses');
    if (origin === 'external') note('externalUserPool', id, EXTERNAL);
  }
  for (const pool of [...model.authorizers.flatMap(({ userPools }) => userPools), ...clients.map(({ userPool }) => userPool)]) {
    // A pool of which not even an expression is known is the same as no other: nothing is certain of it.
    if (isUnknown(pool) && pool.expression !== undefined) note('externalUserPool', pool.expression, EXTERNAL);
  }
  const domains = [...new Set(model.domains.map(({ userPool }) => userPool))];
  const pools = new Set(clients.filter((client) => client.oauth !== false && client.flows.length > 0).map(({ userPool }) => userPool));
  for (const pool of pools) {
    if (isKnown(pool) && domains.every((domain) => sameUserPool(model, domain, pool) === false)) {
      note('domainMissing', pool, 'has no domain in these templates; its clients obtain tokens of the OAuth grants only from a domain');
    }
  }
}
