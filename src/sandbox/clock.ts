/** The time in milliseconds since 1970. Tests give their own. */
export type Clock = () => number;
