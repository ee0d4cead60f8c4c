/** How the chat looks where the page says nothing else. Colours are `#rrggbb`. */

export interface Colours { bar: string; bar_end: string; on_bar: string; accent: string; on_accent: string }

export interface Look {
  light: Colours;
  dark: Colours;
  /** CSS pixels. */
  radius_px: number;
  /** A font that the page already loads; null: the reader's own system's. */
  font: string | null;
  position: "hoger" | "vanster";
}

/**
 * The look as rules for the element itself. A page's own `--kommun-chat-…` come before them,
 * wherever on the page they are set.
 */
export function lookCss({ light, dark, radius_px: radius, font }: Look): string {
  const shared = `--kommun-look-radius:${radius}px;${font ? `--kommun-look-font:${font};` : ""}`;
  return `:host{${shared}${variables(light)}}
@media (prefers-color-scheme: dark){:host{${variables(dark)}}}
:host([theme="light"]){${variables(light)}}
:host([theme="dark"]){${variables(dark)}}`;
}

/** One mode's colours as CSS declarations. */
export function variables(colours: Colours): string {
  return Object.entries(colours).map(([name, colour]) => `--kommun-look-${name.replace("_", "-")}:${colour};`).join("");
}
