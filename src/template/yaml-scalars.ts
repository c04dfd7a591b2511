import type { Scalar } from 'yaml';

/**
 * Names the function that stands in a parsed template for a scalar that YAML 1.1 and YAML 1.2 read differently, or whose number has another
 * text than it is written with. Its argument is the text as it is written.
 */
export const YAML_SCALAR = 'Fn::YamlScalar';

/* CloudFormation supports YAML 1.1 (user guide, template formats, 2026), whose booleans are these too. */
const BOOLEANS: { readonly [text: string]: boolean } = { yes: true, on: true, no: false, off: false };
const BOOLEAN = /^(?:[Yy]es|YES|[Oo]n|ON|[Nn]o|NO|[Oo]ff|OFF)$/;

/* Numbers of YAML 1.1 that are texts in YAML 1.2: digits with underscores, binary ones and those of base 60. */
const OTHER_NUMBER = /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?|[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)$/;

/** A decimal that is written as everybody writes it. */
const PLAIN_DECIMAL = /^-?(?:0|[1-9]\d{0,8})\.(?:0|\d{0,8}[1-9])$/;

/** The value of a scalar, or the function that stands for one that is read differently. */
export function scalarValue({ value, source, type, tag }: Scalar): unknown {
  if (type !== 'PLAIN' || tag !== undefined || source === undefined) return value;
  const differs = typeof value === 'number' ? String(value) !== source : typeof value === 'string' && (BOOLEAN.test(value) || OTHER_NUMBER.test(value));
  return differs ? { [YAML_SCALAR]: source } : value;
}

/** The boolean that a scalar is in YAML 1.1. */
export function booleanOf(source: string): boolean | undefined {
  return BOOLEAN.test(source) ? BOOLEANS[source.toLowerCase()] : undefined;
}

/** The text of a scalar where nobody reads another one. */
export function textOfScalar(source: string): string | undefined {
  return PLAIN_DECIMAL.test(source) ? source : undefined;
}
