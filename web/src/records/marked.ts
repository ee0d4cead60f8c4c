/** Characters as the server counts them: Unicode code points, not JavaScript's halves. */

import type { Mark } from "./model";

export interface Segment { text: string; marks: readonly Mark[] }

/** The place of a JavaScript index, in code points. */
export function pointsBefore(text: string, index: number): number { return [...text.slice(0, index)].length; }

export function lengthOf(text: string): number { return [...text].length; }

export function wordsOf(text: string, { start, end }: Pick<Mark, "start" | "end">): string {
  return [...text].slice(start, end).join("");
}

/** A text cut where a mark begins or ends, each piece with the marks that hold it. */
export function segments(text: string, marks: readonly Mark[]): Segment[] {
  const signs = [...text];
  const cuts = [0, signs.length, ...marks.flatMap(({ start, end }) => [start, end])].map((one) => Math.min(one, signs.length));
  const places = [...new Set(cuts)].sort((one, other) => one - other);
  return places.slice(0, -1).map((from, i) => ({
    text: signs.slice(from, places[i + 1]).join(""),
    marks: marks.filter(({ start, end }) => start <= from && from < end),
  }));
}
