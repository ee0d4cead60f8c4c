import type { Colours, Look } from "../shared/look";

export type Mode = "light" | "dark";
export type Ground = "surface" | "page";

/** Two colours that must be far enough apart, as the server demands it too. */
export interface Check { mode: Mode; colour: keyof Colours; against: keyof Colours | Ground; ratio: number; demanded: number }

const TEXT = 4.5; // WCAG 2.2, 1.4.3, level AA
const CONTROL = 3; // WCAG 2.2, 1.4.11
/** What an accent is seen against: bubbles, and the ground behind them; as in `tokens.ts`. */
const GROUNDS: Record<Mode, Record<Ground, string>> = {
  light: { surface: "#ffffff", page: "#f3f8f8" },
  dark: { surface: "#18272b", page: "#101b1e" },
};
const PAIRS: readonly [keyof Colours, keyof Colours | Ground, number][] = [
  ["on_bar", "bar", TEXT], ["on_bar", "bar_end", TEXT], ["on_accent", "accent", TEXT],
  ["accent", "surface", TEXT], ["accent", "page", CONTROL],
];

/** Every pair of a look that must be told apart, in both modes. */
export function checksOf(look: Look): Check[] {
  return (["light", "dark"] as const).flatMap((mode) => PAIRS.map(([colour, against, demanded]) => {
    const other = { ...look[mode], ...GROUNDS[mode] }[against];
    return { mode, colour, against, demanded, ratio: contrast(look[mode][colour], other) };
  }));
}

export function passes({ ratio, demanded }: Check): boolean { return ratio >= demanded; }

/** The contrast ratio of two `#rrggbb`, as WCAG 2.2 counts it: from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** `4,49:1`, rounded down, so that what is too little never looks like enough. */
export function inWords(ratio: number): string {
  return `${(Math.floor(ratio * 100) / 100).toFixed(2).replace(".", ",")}:1`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
