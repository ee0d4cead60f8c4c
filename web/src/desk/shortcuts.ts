/** Which keys do what. A chord is `Alt+N`, `Alt+Shift+N`, `Alt+ArrowDown` … */

export const ACTIONS = [
  "next", "previous", "takeNext", "accept", "composer", "suggestion", "replies", "note", "hold", "transfer",
  "close", "pin", "errands", "settings", "help",
] as const;

export type Action = (typeof ACTIONS)[number];
export type Keys = Record<Action, string>;

export const DEFAULT_KEYS: Keys = {
  next: "Alt+ArrowDown",
  previous: "Alt+ArrowUp",
  takeNext: "Alt+N",
  accept: "Alt+J",
  composer: "Alt+S",
  suggestion: "Alt+I",
  replies: "Alt+V",
  note: "Alt+T",
  hold: "Alt+P",
  transfer: "Alt+O",
  close: "Alt+X",
  pin: "Alt+K",
  errands: "Alt+U",
  settings: "Alt+L",
  help: "Alt+H",
};

/** The part of a KeyboardEvent that decides. */
export interface Pressed {
  key: string;
  code?: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

const MODIFIERS = new Set(["Alt", "AltGraph", "Control", "Meta", "Shift", "CapsLock", "Dead", "Unidentified"]);

/** The chord that is pressed; null for a modifier alone, and for combinations of system and browser. */
export function chordOf(pressed: Pressed): string | null {
  // AltGr comes as Ctrl+Alt on Windows, and writes @ and | there
  if (pressed.ctrlKey || pressed.metaKey || MODIFIERS.has(pressed.key)) return null;
  return [pressed.altKey ? "Alt" : "", pressed.shiftKey ? "Shift" : "", keyName(pressed)].filter(Boolean).join("+");
}

/** The letter on the key; where Alt makes other characters (macOS), by the key's place. */
function keyName({ key, code = "" }: Pressed): string {
  if (/^[a-zåäö0-9]$/i.test(key)) return key.toUpperCase();
  if (/^(Key[A-Z]|Digit[0-9])$/.test(code)) return code.slice(-1);
  return key === " " ? "Space" : key;
}

/** A chord may be chosen when it has Alt: single keys would be pressed by mistake (WCAG 2.1.4). */
export function isUsable(chord: string): boolean { return /^Alt\+./.test(chord); }

/** The agent's own choices over the defaults; what cannot be used is left out. */
export function keysWith(own: Partial<Record<string, unknown>> | null | undefined): Keys {
  const keys = { ...DEFAULT_KEYS };
  for (const action of ACTIONS) {
    const chord = own?.[action];
    if (typeof chord === "string" && isUsable(chord)) keys[action] = chord;
  }
  return keys;
}

/** Who has the chord already, other than `action`. */
export function takenBy(keys: Keys, chord: string, action: Action): Action | null {
  return ACTIONS.find((other) => other !== action && keys[other] === chord) ?? null;
}

/**
 * What a key press asks for.
 *
 * With `single`, a chord works without Alt too, but never while something is being written.
 */
export function actionOf(pressed: Pressed, keys: Keys, single: boolean, writing: boolean): Action | null {
  const chord = chordOf(pressed);
  if (!chord) return null;
  const wanted = pressed.altKey ? chord : single && !writing ? `Alt+${chord}` : null;
  return ACTIONS.find((action) => keys[action] === wanted) ?? null;
}

const NAMES: Record<string, string> = {
  ArrowDown: "pil ned", ArrowUp: "pil upp", ArrowLeft: "pil vänster", ArrowRight: "pil höger", Shift: "Skift",
  Space: "mellanslag", Enter: "Enter",
};

/** `Alt+ArrowDown` → `Alt + pil ned`. */
export function spell(chord: string): string {
  return chord.split("+").map((part) => NAMES[part] ?? part).join(" + ");
}
