import type { Stack } from 'aws-cdk-lib/core';
import { failAtArguments } from './private/arguments';
import { failAt, failAtSynth } from './private/problems';
import { checkReplacements, readPreviousTemplate } from './private/replacement-checks';

/** What a replacement guard compares with. */
export interface ReplacementGuardOptions {
  /**
   * Path of the template that is deployed now, as JSON.
   *
   * A file of an earlier cloud assembly, or the output of `aws cloudformation get-template --query TemplateBody`.
   */
  readonly previousTemplate: string;

  /**
   * Logical ids, in the previous template, of what may be replaced.
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
   * Makes synthesis fail where the stack, compared with its previous template, would replace a resource server, a client or a
   * domain. The message names the clients that would break. Fails at once where the file is no template in JSON.
   *
   * @param stack the stack whose template was deployed before
   */
  public static check(stack: Stack, options: ReplacementGuardOptions): void {
    failAtArguments('guard', 'replacement guard', { stack, options });
    failAtArguments('guardOptions', 'replacement guard', options);
    const previous = readPreviousTemplate(options.previousTemplate);
    failAt(previous.problems);
    failAtSynth(stack, () => checkReplacements(stack, previous.template, options.accepted ?? []));
  }

  private constructor() {}
}
