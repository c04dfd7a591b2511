import { CfnCondition, Stack } from 'aws-cdk-lib/core';

/** Conditions in the values of one resource; every one doubles the variants. */
const MAX_CONDITIONS = 8;

/**
 * What values of a template can become: one for each way that the conditions in them can go, without what
 * `AWS::NoValue` removes. Undefined where there are too many ways.
 */
export function variantsOf<T>(stack: Stack, values: T): T[] | undefined {
  return vary(new Conditions(stack), values, MAX_CONDITIONS);
}

function vary<T>(conditions: Conditions, values: T, room: number): T[] | undefined {
  const condition = conditions.firstIn(values);
  if (condition === undefined) return [present(values) as T];
  if (room === 0) return undefined;
  const ways = [true, false].map((holds) => vary(conditions, conditions.decide(values, condition, holds) as T, room - 1));
  return ways.includes(undefined) ? undefined : ways.flatMap((way) => way!);
}

/** The conditions of a template; one that only negates another is told by that one. */
class Conditions {
  private expressions?: ReadonlyMap<string, unknown>;

  public constructor(private readonly stack: Stack) {}

  /** A condition that a value depends on. */
  public firstIn(value: any): string | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const choice = choiceOf(value);
    if (choice !== undefined) return this.read(choice[0]).condition;
    for (const each of Object.values(value)) {
      const found = this.firstIn(each);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A value where a condition holds, or does not. */
  public decide(value: any, condition: string, holds: boolean): any {
    if (typeof value !== 'object' || value === null) return value;
    const choice = choiceOf(value);
    const read = choice && this.read(choice[0]);
    if (choice && read?.condition === condition) return this.decide(choice[holds === read.negated ? 2 : 1], condition, holds);
    if (Array.isArray(value)) return value.map((each) => this.decide(each, condition, holds));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.decide(each, condition, holds)]));
  }

  private read(condition: unknown): { condition: string; negated: boolean } {
    const expression: any = typeof condition === 'string' ? this.expressionOf(condition) : condition;
    const other = expression?.['Fn::Not']?.[0]?.Condition;
    if (typeof other !== 'string') return { condition: JSON.stringify(condition), negated: false };
    const read = this.read(other);
    return { ...read, negated: !read.negated };
  }

  private expressionOf(name: string): unknown {
    // Few methods have a condition: nothing is looked up before one has.
    const { stack } = this;
    const declared = () => stack.node.findAll().filter((child): child is CfnCondition => child instanceof CfnCondition && Stack.of(child) === stack);
    this.expressions ??= new Map(declared().map((each) => [stack.resolve(each.logicalId), stack.resolve(each.expression)]));
    return this.expressions.get(name);
  }
}

function choiceOf(value: any): [condition: unknown, whenTrue: unknown, whenFalse: unknown] | undefined {
  const choice = value['Fn::If'];
  return Array.isArray(choice) && choice.length === 3 ? choice as [unknown, unknown, unknown] : undefined;
}

/** A value without what `AWS::NoValue` removes from it. */
function present(value: any): any {
  if (typeof value !== 'object' || value === null) return value;
  if (value.Ref === 'AWS::NoValue') return undefined;
  if (Array.isArray(value)) return value.map(present).filter((each) => each !== undefined);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, present(each)]));
}
