/**
 * The small markup that answers are written in: paragraphs, `- ` lists, `| a | b |` tables,
 * `**bold**` and `[text](https://…)`.
 *
 * Everything else, HTML above all, is text. The result is a tree of plain values: whoever draws
 * it makes text nodes and never parses HTML.
 */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold"; text: string }
  | { kind: "link"; text: string; url: string };

export type Block =
  | { kind: "paragraph"; lines: Inline[][] }
  | { kind: "list"; /** First number, or null for bullets. */ start: number | null; items: Inline[][] }
  | { kind: "table"; head: Inline[][] | null; rows: Inline[][][] };

type Kind = Block["kind"] | "numbers";

const BULLET = /^\s*[-•]\s+/;
const NUMBER = /^\s*\d{1,2}[.)]\s+/;
const TABLE = /^\s*\|.*\|\s*$/;
const RULE = /^\s*\|[\s:|-]*-[\s:|-]*\|\s*$/;
const INLINE = /\*\*([^*\n]+)\*\*|\[([^\]\n]{1,200})\]\((https?:\/\/[^\s()]{1,500})\)/g;

/** Read an answer's text; never throws, whatever the text holds. */
export function parseMarkup(text: string): Block[] {
  return groups(text.replace(/\r\n?/g, "\n").split("\n")).map(toBlock);
}

/** The text without marks, for screen readers and one-line previews. */
export function plainText(text: string): string {
  return parseMarkup(text).map(blockText).join("\n");
}

interface Group { kind: Kind; lines: string[] }

/** Neighbouring lines of one kind belong together; an empty line ends a group. */
function groups(lines: readonly string[]): Group[] {
  const found: Group[] = [];
  let open: Group | undefined;
  for (const line of lines) {
    const kind = line.trim() ? kindOf(line) : null;
    if (kind && open?.kind === kind) open.lines.push(line);
    else open = kind ? { kind, lines: [line] } : undefined;
    if (open?.lines.length === 1) found.push(open);
  }
  return found;
}

function kindOf(line: string): Kind {
  if (TABLE.test(line)) return "table";
  if (BULLET.test(line)) return "list";
  return NUMBER.test(line) ? "numbers" : "paragraph";
}

function toBlock({ kind, lines }: Group): Block {
  switch (kind) {
    case "table": return toTable(lines);
    case "list": return { kind, start: null, items: items(lines, BULLET) };
    case "numbers": return { kind: "list", start: parseInt(lines[0] ?? "1", 10), items: items(lines, NUMBER) };
    case "paragraph": return { kind, lines: lines.map((line) => parseInline(line.trim())) };
  }
}

function items(lines: readonly string[], mark: RegExp): Inline[][] {
  return lines.map((line) => parseInline(line.replace(mark, "").trim()));
}

function toTable(lines: readonly string[]): Block {
  const ruled = lines.length > 1 && RULE.test(lines[1] ?? "");
  const rows = lines.filter((line) => !RULE.test(line)).map(cells);
  return { kind: "table", head: ruled ? (rows.shift() ?? null) : null, rows };
}

function cells(line: string): Inline[][] {
  return line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => parseInline(cell.trim()));
}

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push(marked(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function marked([, bold, label, url]: RegExpMatchArray): Inline {
  return bold === undefined
    ? { kind: "link", text: label ?? "", url: url ?? "" }
    : { kind: "bold", text: bold };
}

const WEB = /https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/** A person's own words: only web addresses are recognised, so that a colleague's link works. */
export function parsePlain(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(WEB)) {
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push({ kind: "link", text: match[0], url: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function inlineText(parts: readonly Inline[]): string {
  return parts.map((part) => part.text).join("");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "paragraph": return block.lines.map(inlineText).join("\n");
    case "list": return block.items.map(inlineText).join("\n");
    case "table":
      return [...(block.head ? [block.head] : []), ...block.rows]
        .map((row) => row.map(inlineText).join(", ")).join("\n");
  }
}
