import { diffLines } from "diff";

export interface DiffLine { kind: "same" | "gone" | "new"; text: string }

/** A place that is left out: so many lines that are the same. */
export interface Fold { kind: "fold"; lines: number }

const AROUND = 3; // lines around a change that help one see where it is

/** Line by line what became of `before`; long runs of unchanged lines are folded. */
export function lineDiff(before: string, after: string): (DiffLine | Fold)[] {
  const lines = diffLines(ended(before), ended(after)).flatMap(({ value, added, removed }) => {
    const kind: DiffLine["kind"] = added ? "new" : removed ? "gone" : "same";
    return value.replace(/\n$/, "").split("\n").map((text) => ({ kind, text }));
  });
  return folded(lines);
}

function folded(lines: readonly DiffLine[]): (DiffLine | Fold)[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== "same"));
  const result: (DiffLine | Fold)[] = [];
  lines.forEach((line, at) => {
    const last = result[result.length - 1];
    if (near[at]) result.push(line);
    else if (last?.kind === "fold") last.lines += 1;
    else result.push({ kind: "fold", lines: 1 });
  });
  return result;
}

function ended(text: string): string {
  return !text || text.endsWith("\n") ? text : `${text}\n`;
}
