import { DEFAULT_KEYS, keysWith, type Action, type Keys } from "./shortcuts";

export type Theme = "system" | "light" | "dark";

export interface Settings {
  sound: boolean;
  /** 0 to 1. */
  volume: number;
  /** Notices outside the browser's window. */
  notices: boolean;
  theme: Theme;
  /** Shortcuts work without Alt. */
  singleKeys: boolean;
  /** The column with what belongs to the conversation is shown. */
  side: boolean;
  keys: Keys;
}

const KEY = "kommunbot-desk-settings";
const DEFAULTS: Settings = {
  sound: true, volume: 0.6, notices: false, theme: "system", singleKeys: false, side: true, keys: DEFAULT_KEYS,
};

/** An agent's choices in this browser; nothing in them tells of a person. */
export class SettingsStore {
  value: Settings;

  constructor(private readonly changed: () => void) { this.value = readSettings(load()); }

  set(change: Partial<Settings>): void {
    this.value = { ...this.value, ...change };
    save(this.value);
    this.changed();
  }

  setKey(action: Action, chord: string): void { this.set({ keys: { ...this.value.keys, [action]: chord } }); }

  resetKeys(): void { this.set({ keys: DEFAULT_KEYS }); }
}

/** Whatever lies in the storage becomes settings; each that cannot be used is the default. */
export function readSettings(stored: unknown): Settings {
  const own = (stored && typeof stored === "object" ? stored : {}) as Record<string, unknown>;
  const flag = (name: "sound" | "notices" | "singleKeys" | "side") =>
    (typeof own[name] === "boolean" ? (own[name] as boolean) : DEFAULTS[name]);
  const { volume, theme } = own;
  return {
    sound: flag("sound"),
    volume: typeof volume === "number" && volume >= 0 && volume <= 1 ? volume : DEFAULTS.volume,
    notices: flag("notices"),
    theme: theme === "light" || theme === "dark" ? theme : "system",
    singleKeys: flag("singleKeys"),
    side: flag("side"),
    keys: keysWith(own["keys"] as Record<string, unknown> | undefined),
  };
}

function load(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null; // blocked, or written by something else
  }
}

function save(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // blocked: they hold until the page is left
  }
}
