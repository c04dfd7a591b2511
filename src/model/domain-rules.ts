import type { Problem } from './problem';

/** Most characters of a domain prefix. */
export const MAX_DOMAIN_PREFIX_CHARACTERS = 63;

const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Words that a domain prefix may not contain. The service refuses them as whole words between hyphens; its documents
 * read as if it refused them anywhere, which is what is checked here.
 */
const RESERVED_WORDS = ['aws', 'amazon', 'cognito'];

/** Checks the prefix of a user pool domain. */
export function checkDomainPrefix(prefix: string): Problem[] {
  const subject = 'domain prefix';
  if (!PREFIX.test(prefix)) {
    return [{
      code: 'DomainPrefix',
      subject,
      wrong: prefix.length > MAX_DOMAIN_PREFIX_CHARACTERS ? 'is too long' : 'is not one that Cognito accepts',
      got: prefix,
      expected: `1 to ${MAX_DOMAIN_PREFIX_CHARACTERS} lower-case letters, digits and inner hyphens`,
      fix: 'change the prefix',
    }];
  }
  const word = RESERVED_WORDS.find((each) => prefix.includes(each));
  if (word === undefined) return [];
  return [{
    code: 'DomainReservedWord',
    subject,
    wrong: `contains the reserved word "${word}"`,
    got: prefix,
    expected: 'a prefix without aws, amazon and cognito',
    fix: 'change the prefix',
  }];
}

/** Region of the certificates of custom domains, whatever the Region of the user pool (Cognito developer guide, «Custom domain»). */
const CERTIFICATE_REGION = 'us-east-1';

/** Checks the Region of the certificate of a custom domain. Partitions other than `aws` are not checked. */
export function checkCertificateRegion(domain: string, region: string): Problem[] {
  if (region === CERTIFICATE_REGION || /^(?:cn|us-gov|us-iso\w*|eu-isoe|eusc)-/.test(region)) return [];
  return [{
    code: 'CertificateRegion',
    subject: `certificate of domain "${domain}"`,
    wrong: 'is in a Region from which Cognito takes none',
    got: region,
    expected: `a certificate in ${CERTIFICATE_REGION}, whatever the Region of the user pool`,
    fix: `define it in a stack in ${CERTIFICATE_REGION}, or pass the ARN of one there`,
  }];
}

/** Turns any text into the beginning of a domain prefix: valid, without reserved words, at most `maxCharacters` long. */
export function toDomainPrefix(text: string, maxCharacters: number): string {
  let prefix = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  for (const word of RESERVED_WORDS) prefix = prefix.split(word).join('-');
  prefix = prefix.replace(/-+/g, '-').slice(0, maxCharacters).replace(/^-+|-+$/g, '');
  return prefix === '' || checkDomainPrefix(prefix).length > 0 ? 'pool' : prefix;
}
