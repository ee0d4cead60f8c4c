/** `rows` with `count` of them, from `place` on, replaced by `added`. */
export function spliced<T>(rows: readonly T[], place: number, count: number, ...added: readonly T[]): T[] {
  return [...rows.slice(0, place), ...added, ...rows.slice(place + count)];
}

/** `rows` with one of them moved to another place. */
export function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  return spliced(spliced(rows, from, 1), to, 0, ...rows.slice(from, from + 1));
}
