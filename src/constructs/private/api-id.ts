import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnOutput, Stack, Token, type CfnElement, type CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { rendered } from './rendered';

/** Stands for the id of the API: a character of no text, and no delimiter. */
const ID = '\uE000';

/**
 * The id of an API in the templates of an app: where it is defined, and in other stacks through a parameter or an output
 * of a nested stack, an export, or an output of another stack.
 */
export class ApiId {
  private readonly logicalId: string;
  private readonly stacks: readonly Stack[];
  private readonly outputs: readonly CfnOutput[];
  private readonly followed = new Set<string>();

  public constructor(private readonly api: RestApi, constructs: readonly IConstruct[]) {
    this.logicalId = logicalIdOf(api.node.defaultChild as CfnResource);
    this.stacks = constructs.filter(Stack.isStack);
    this.outputs = constructs.filter((child): child is CfnOutput => child instanceof CfnOutput);
  }

  /**
   * Whether a value of a template has the id in it. Functions of texts and lists are carried out first; what only
   * deployment can carry out has the id where one of its arguments has.
   */
  public isIn(stack: Stack, value: unknown): boolean {
    return contains(this.evaluate(stack, value));
  }

  private evaluate(stack: Stack, value: any): any {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => this.evaluate(stack, each));
    const [[name, argument] = ['', undefined], ...others] = Object.entries<any>(value);
    if (others.length > 0) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.evaluate(stack, each)]));
    switch (name) {
      case 'Ref':
        return this.reference(stack, argument);
      case 'Fn::GetAtt':
        return this.attribute(stack, ...nameAndAttribute(argument));
      case 'Fn::Sub':
        return this.substitute(stack, argument);
    }
    return carryOut(name, this.evaluate(stack, argument)) ?? this.throughOutput(stack, name, argument) ?? this.opaque(stack, value);
  }

  private reference(stack: Stack, name: string): any {
    if (stack === Stack.of(this.api) && name === this.logicalId) return ID;
    if (name === 'AWS::StackName' && !Token.isUnresolved(stack.stackName)) return stack.stackName;
    const { nestedStackParent: parent, nestedStackResource: nested } = stack;
    const given = parent && nested && rendered(nested as CfnResource).properties.Parameters?.[name];
    return given === undefined ? atom({ Ref: name }) : this.follow(`${stack.node.path} ${name}`, () => this.evaluate(parent!, given));
  }

  private attribute(stack: Stack, name: string, attribute: unknown): any {
    if (stack === Stack.of(this.api) && name === this.logicalId && attribute === 'RestApiId') return ID;
    const [, output] = /^Outputs\.(.+)$/.exec(String(attribute)) ?? [];
    const nested = output && this.stacks.find(({ nestedStackParent, nestedStackResource }) =>
      nestedStackParent === stack && logicalIdOf(nestedStackResource as CfnResource) === name);
    return nested && output ? this.outputOf(nested, output) : atom({ 'Fn::GetAtt': [name, attribute] });
  }

  private substitute(stack: Stack, argument: any): any {
    const [text, given] = Array.isArray(argument) ? argument : [argument];
    const values = Object(given);
    if (typeof text !== 'string') return this.opaque(stack, argument);
    return text.replace(/\$\{([^}]*)\}/g, (_placeholder, inner: string) => {
      const name = inner.trim();
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      const value = Object.hasOwn(values, name) ? this.evaluate(stack, values[name])
        : name.includes('.') ? this.attribute(stack, ...nameAndAttribute(name)) : this.reference(stack, name);
      return typeof value === 'object' ? this.opaque(stack, value) : String(value);
    });
  }

  /** A value that comes from an output of a stack of the app; undefined where it does not. */
  private throughOutput(stack: Stack, name: string, argument: any): any {
    if (name !== 'Fn::ImportValue' && name !== 'Fn::GetStackOutput') return undefined;
    const wanted = this.evaluate(stack, argument);
    const values = name === 'Fn::ImportValue' ? this.exports(wanted) : this.outputsOfStack(stack, wanted);
    return values.find(contains) ?? values[0];
  }

  /** The values of an export; stages may each have one of the name. */
  private exports(name: unknown): any[] {
    return this.outputs
      .filter((output) => output.exportName !== undefined && JSON.stringify(this.resolved(output, output.exportName)) === JSON.stringify(name))
      .map((output) => this.valueOf(output));
  }

  /** The values of an output of a stack; stacks of several Regions may have one name. */
  private outputsOfStack(consumer: Stack, { StackName, OutputName, Region = this.regionOf(consumer) }: any): any[] {
    return this.stacks
      .filter((each) => each.nestedStackParent === undefined && each.stackName === StackName && maySame(this.regionOf(each), Region))
      .map((each) => this.outputOf(each, OutputName));
  }

  private regionOf(stack: Stack): unknown {
    return this.evaluate(stack, stack.resolve(stack.region));
  }

  private outputOf(stack: Stack, logicalId: string): any {
    const output = this.outputs.find((each) => Stack.of(each) === stack && logicalIdOf(each) === logicalId);
    return output === undefined ? atom({ [stack.node.path]: logicalId }) : this.valueOf(output);
  }

  private valueOf(output: CfnOutput): any {
    return this.follow(output.node.path, () => this.resolved(output, output.value));
  }

  private resolved(output: CfnOutput, value: unknown): any {
    return this.evaluate(Stack.of(output), Stack.of(output).resolve(value));
  }

  /** Follows each place once at a time: a circle of parameters and outputs ends. */
  private follow(place: string, evaluate: () => any): any {
    if (this.followed.has(place)) return atom(place);
    this.followed.add(place);
    const value = evaluate();
    this.followed.delete(place);
    return value;
  }

  private opaque(stack: Stack, value: object): string {
    return contains(Object.values(value).map((each) => this.evaluate(stack, each))) ? ID : atom(value);
  }
}

/** Carries out a function of texts and lists; undefined where the arguments are not plain enough. */
function carryOut(name: string, argument: any): any {
  if (!Array.isArray(argument)) return undefined;
  const [first, second] = argument;
  if (name === 'Fn::Join' && Array.isArray(second) && second.every((each) => typeof each === 'string')) return second.join(first);
  if (name === 'Fn::Split' && typeof second === 'string') return second.split(first);
  return name === 'Fn::Select' && Array.isArray(second) ? second[Number(first)] : undefined;
}

function contains(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(ID);
  return typeof value === 'object' && value !== null && Object.values(value).some(contains);
}

/** What only deployment knows, alike where it is written alike; its own delimiters do not show. */
function atom(value: unknown): string {
  return `<${encodeURIComponent(JSON.stringify(value))}>`;
}

/** Whether two texts may be the same, as far as they are known. */
function maySame(a: unknown, b: unknown): boolean {
  return a === b || [a, b].some((each) => String(each).startsWith('<'));
}

function nameAndAttribute(argument: any): [string, unknown] {
  if (typeof argument !== 'string') return [argument?.[0], argument?.[1]];
  const [name, ...attribute] = argument.split('.');
  return [name, attribute.join('.')];
}

function logicalIdOf(element: CfnElement): string {
  return Stack.of(element).resolve(element.logicalId);
}
