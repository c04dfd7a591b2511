import { createHash } from 'node:crypto';
import { CfnCertificate, type ICertificateRef } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPoolDomain, type CustomDomainOptions, type IUserPool, type IUserPoolDomain, type UserPoolDomainOptions } from 'aws-cdk-lib/aws-cognito';
import { Aws, Fn, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { userPoolLabel } from './user-pool-key';
import { regionOf } from './user-pool-place';
import { checkCertificateRegion, checkDomainPrefix, MAX_DOMAIN_PREFIX_CHARACTERS, toDomainPrefix } from '../../model/domain-rules';
import type { Problem } from '../../model/problem';

const HASH_CHARACTERS = 8;
const STACK_UUID_CHARACTERS = 36;

/** Checks the options of a domain. */
export function checkDomain(options: UserPoolDomainOptions): Problem[] {
  if (options.cognitoDomain && options.customDomain) {
    return [{
      code: 'DomainChoice',
      subject: 'user pool domain',
      wrong: 'has both a prefix and a custom name',
      expected: 'cognitoDomain or customDomain',
      fix: 'remove one of them',
    }];
  }
  const { cognitoDomain, customDomain } = options;
  if (customDomain !== undefined) return checkCertificate(customDomain);
  const prefix = cognitoDomain?.domainPrefix;
  return prefix === undefined || Token.isUnresolved(prefix) ? [] : checkDomainPrefix(prefix);
}

function checkCertificate({ certificate, domainName }: CustomDomainOptions): Problem[] {
  const region = certificateRegion(certificate);
  return region === undefined || Token.isUnresolved(region) ? [] : checkCertificateRegion(domainName, region);
}

/** The Region of a certificate: that of its ARN, or of the stack that defines it; undefined where neither is known. */
function certificateRegion(certificate: ICertificateRef): string | undefined {
  const { certificateArn } = certificate.certificateRef;
  const definition = certificate instanceof CfnCertificate ? certificate : certificate.node.defaultChild;
  if (definition instanceof CfnCertificate) return Stack.of(definition).region;
  return Token.isUnresolved(certificateArn) && !certificateArn.startsWith('arn:') ? undefined : certificateArn.split(':')[3];
}

/** Defines the domain of a user pool, by default with a prefix that is unique to the stack. */
export function defineDomain(scope: Construct, id: string, userPool: IUserPool, options: UserPoolDomainOptions): UserPoolDomain {
  const named = options.cognitoDomain ?? options.customDomain;
  return new UserPoolDomain(scope, id, {
    userPool, ...options, ...(named === undefined && { cognitoDomain: { domainPrefix: defaultPrefix(scope, userPool) } }),
  });
}

/**
 * A prefix of the pool's name, a hash of its place in the stack, and the UUID of the stack's id: no other stack has
 * it, and it stays as long as the stack does.
 */
function defaultPrefix(scope: Construct, userPool: IUserPool): string {
  const place = scope.node.path.slice(Stack.of(scope).node.path.length);
  const hash = createHash('sha256').update(place).digest('hex').slice(0, HASH_CHARACTERS);
  const room = MAX_DOMAIN_PREFIX_CHARACTERS - HASH_CHARACTERS - STACK_UUID_CHARACTERS - 2;
  const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return Fn.join('-', [toDomainPrefix(userPoolLabel(userPool), room), hash, stackUuid]);
}

/** The name of a domain that exists already, without what only deployment knows. */
function literalParts({ domainName }: IUserPoolDomain): string {
  return domainName.replace(/\$\{Token\[[^\]]*\]\}/g, '');
}

/** Whether the name of a domain that exists already is a whole host name: prefixes have no dots. */
export function isCustomDomain(domain: IUserPoolDomain): boolean {
  return literalParts(domain).includes('.');
}

/** Checks the name of a domain that exists already. */
export function checkExistingDomain(domain: IUserPoolDomain): Problem[] {
  const fits = Token.isUnresolved(domain.domainName) ? /^[a-z0-9.-]*$/ : /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
  return fits.test(literalParts(domain)) ? [] : [{
    code: 'DomainName',
    subject: 'user pool domain that exists already',
    wrong: 'is neither a prefix nor a host name',
    got: domain.domainName,
    expected: 'lower-case letters, digits, hyphens and dots',
    fix: 'give the name alone, without https:// and without a path',
  }];
}

/** The URL of a domain that exists already. */
export function existingDomainUrl(userPool: IUserPool, domain: IUserPoolDomain): string {
  if (domain instanceof UserPoolDomain) return domain.baseUrl();
  return isCustomDomain(domain) ? `https://${domain.domainName}` : `https://${domain.domainName}.auth.${regionOf(userPool)}.amazoncognito.com`;
}
