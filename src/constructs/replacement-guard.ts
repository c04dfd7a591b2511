import type { Stack } from 'aws-cdk-lib/core';
import { failAtArguments } from './private/arguments';
import { failAtSynth } from './private/problems';
import { checkReplacements, previousOf } from './private/replacement-checks';

/** What a replacement guard compares with. */
export interface ReplacementGuardOptions {
  /**
   * Path of the template that is deployed now, in JSON or YAML.
   *
   * A file of an earlier cloud assembly, or the output of `aws cloudformation get-template --query TemplateBody`.
   *
   * @default - none; then `previousModel` is needed
   */
  readonly previousTemplate?: string;

  /**
   * Path of the access model of the app as it is deployed now, as `protected-api model` writes it from a cloud assembly.
   *
   * It knows all stacks, so that references between them are compared by what they mean. Not together with `previousTemplate`.
   *
   * @default - none; then `previousTemplate` is needed
   */
  readonly previousModel?: string;

  /**
   * Logical ids, before the change, of what may be replaced.
   *
   * @default - none: every replacement fails synthesis
   */
  readonly accepted?: string[];
}

/**
 * Stops changes that would silently replace what clients depend on.
 *
 * CloudFormation changes the identifier or user pool of a resource server, the secret or user pool of a client, and the name of
 * a domain by making another one. Clients then have scopes, ids, secrets or URLs that are gone.
 */
export class ReplacementGuard {
  /**
   * Makes synthesis fail where the stack, compared with what was deployed before, would replace a resource server, a client or a
   * domain. The message names the clients that would break. Fails at once where the file is no template or model. Nested stacks
   * are not compared.
   *
   * @param stack the stack that was deployed before
   */
  public static check(stack: Stack, options: ReplacementGuardOptions): void {
    failAtArguments('guard', 'replacement guard', { stack, options });
    failAtArguments('guardOptions', 'replacement guard', options);
    const previous = previousOf(options);
    failAtSynth(stack, () => checkReplacements(stack, previous, options.accepted ?? []));
  }

  private constructor() {}
}
