/** One line of the benchmark table. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  /** Absent where nothing could be measured. */
  readonly met?: boolean;
}

/** Milliseconds that `run` takes. */
export function time(run: () => unknown): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Two things timed in turn, A B A B …, so that a machine that slows down slows both. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  /** Median of the ratios a/b, pair by pair. */
  readonly ratio: number;
}

/** Times two things in turn, after a warm-up of both. Medians in milliseconds. */
export function timeInTurn(a: () => unknown, b: () => unknown, rounds: number): Pair {
  a();
  b();
  const pairs = Array.from({ length: rounds }, () => ({ a: time(a), b: time(b) }));
  return { a: median(pairs.map((pair) => pair.a)), b: median(pairs.map((pair) => pair.b)), ratio: median(pairs.map((pair) => pair.a / pair.b)) };
}

/** A number as people read it. */
export function show(value: number, digits: number = 2): string {
  return value.toFixed(digits);
}
