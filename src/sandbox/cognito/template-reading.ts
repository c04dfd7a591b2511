import type { Notice } from './notice';
import { isUnknown, showValue, type Unknown, type Value } from '../../model/value';
import { bind, type RuntimeNames } from '../names';

/** Resolves the values of one entity, and collects what stays open. */
export interface TemplateReading {
  readonly names: RuntimeNames;
  note(what: string, why: string): void;
}

/** Begins to read an entity. */
export function templateReading(entity: string, names: RuntimeNames, notices: Notice[]): TemplateReading {
  return { names, note: (what, why) => notices.push({ entity, what, why }) };
}

/** A text with its run-time names; left out where it stays unknown. */
export function text(value: Value<string>, what: string, reading: TemplateReading): string | undefined {
  const bound = bind(value, reading.names);
  return noteUnknown(bound, what, reading) ? undefined : bound as string;
}

/** The texts of a list that are known. */
export function texts(values: readonly Value<string>[], what: string, reading: TemplateReading): string[] {
  return values.map((value) => text(value, what, reading)).filter((value) => value !== undefined);
}

/** A known value, or what is assumed in its place. */
export function orDefault<T extends string | number | boolean>(value: Value<T>, assumed: T, what: string, reading: TemplateReading): T {
  if (!isUnknown(value)) return value;
  reading.note(`${what} is taken to be ${String(assumed)}`, value.unknown);
  return assumed;
}

/** Whether a value is unknown; a notice says then that it is left out. */
export function noteUnknown(value: Value<string | number | boolean>, what: string, reading: TemplateReading): value is Unknown {
  if (!isUnknown(value)) return false;
  reading.note(`${what} ${showValue(value)} is left out`, value.unknown);
  return true;
}
