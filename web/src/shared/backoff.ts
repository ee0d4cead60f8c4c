/**
 * Milliseconds to wait before try number `failures` + 1: doubling, capped, and spread so that
 * thousands of widgets do not return in the same second after a restart.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  const FIRST_MS = 800;
  const LONGEST_MS = 30_000;
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}
