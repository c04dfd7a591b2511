import { list, structure, text, texts, anything } from './input';

/* Members that several operations share (cognito-idp service model, botocore 1.43.107). */

const IDENTIFIER_PATTERN = '[\\x21\\x23-\\x5B\\x5D-\\x7E]+';
const NAME_PATTERN = '[\\w\\s+=,.@-]+';
/** Letters, marks, symbols, digits and punctuation of any language. */
const PRINTABLE_PATTERN = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';

export const USER_POOL_ID = text({ min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' });
export const ARN = text({ min: 20, max: 2048, pattern: '[\\w+=/,.@-]*:[\\w+=/,.@-]*:[\\w+=/,.@-]*:[\\w+=/,.@-]*:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?' });
export const CLIENT_ID = text({ min: 1, max: 128, pattern: '[\\w+]+' });
export const CLIENT_NAME = text({ min: 1, max: 128, pattern: NAME_PATTERN });
export const CLIENT_SECRET = text({ min: 24, max: 64, pattern: '[\\w+]+' });
export const IDENTIFIER = text({ min: 1, max: 256, pattern: IDENTIFIER_PATTERN });
export const SERVER_NAME = text({ min: 1, max: 256, pattern: NAME_PATTERN });
export const SERVER_SCOPES = list(structure({
  ScopeName: text({ min: 1, max: 256, pattern: '[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+' }),
  ScopeDescription: text({ min: 1, max: 256 }),
}), { max: 100 });
/** Full scope names. */
export const SCOPES = list(text({ min: 1, max: 256, pattern: IDENTIFIER_PATTERN }), { max: 50 });
export const REDIRECT_URL = text({ min: 1, max: 1024, pattern: PRINTABLE_PATTERN });
export const USERNAME = text({ min: 1, max: 128, pattern: PRINTABLE_PATTERN });
export const ATTRIBUTE_NAME = text({ min: 1, max: 32, pattern: PRINTABLE_PATTERN });
export const PASSWORD = text({ max: 256, pattern: '[\\S]+.*[\\S]+' });
export const NEXT_TOKEN = text({ min: 1, max: 131_072, pattern: '[\\S]+' });

/** Members for triggers and threat protection, which the sandbox has not. */
export const UNUSED = anything();
export const AUTH_PARAMETERS = texts();
