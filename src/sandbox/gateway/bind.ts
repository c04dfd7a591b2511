import type { Value } from '../../model/value';

/** Replaces in a text the names that things have while the sandbox runs. What stays open keeps its reason. */
export type Bind = (value: Value<string>) => Value<string>;
