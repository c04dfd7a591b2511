import { listNames } from './problem';

const MAX_COMPARED_CHARACTERS = 600;

/**
 * The candidates that look most like `name`, best first, at most three; empty where none is near.
 *
 * Distance is the number of inserted, deleted, replaced or swapped characters, letter case ignored. Near is a third of
 * the name, two characters at least, but never a whole name. Names that are too long for any service have no neighbours.
 */
export function nearestNames(name: string, candidates: readonly string[]): string[] {
  if (name.length > MAX_COMPARED_CHARACTERS) return [];
  const limit = Math.min(name.length - 1, Math.max(2, Math.floor(name.length / 3)));
  return [...new Set(candidates)]
    .filter((candidate) => Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, distance: distanceOf(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** What a message expects in place of an unknown name: the nearest names, else all, else `nothing`. */
export function expectedNames(name: string, candidates: readonly string[], nothing: string): string {
  const near = nearestNames(name, candidates);
  if (near.length > 0) return listNames(near);
  return candidates.length > 0 ? `one of ${listNames(candidates)}` : nothing;
}

function distanceOf(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2] + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}
