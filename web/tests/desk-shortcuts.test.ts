import { describe, expect, it } from "vitest";
import { readSettings } from "../src/desk/settings";
import { ACTIONS, actionOf, chordOf, DEFAULT_KEYS, isUsable, keysWith, spell, takenBy, type Pressed } from "../src/desk/shortcuts";

const press = (key: string, more: Partial<Pressed> = {}): Pressed =>
  ({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
const alt = (key: string, more: Partial<Pressed> = {}) => press(key, { altKey: true, ...more });

describe("a chord", () => {
  it.each([
    [alt("n"), "Alt+N"], [alt("N", { shiftKey: true }), "Alt+Shift+N"], [alt("ArrowDown"), "Alt+ArrowDown"],
    [alt("ö"), "Alt+Ö"], [press("j"), "J"], [alt(" "), "Alt+Space"],
    [alt("˜", { code: "KeyN" }), "Alt+N"], // macOS writes another character with Alt
    [alt("n", { ctrlKey: true }), null], // AltGr
    [press("n", { metaKey: true }), null], [alt("Alt"), null], [press("Shift", { shiftKey: true }), null],
  ])("is read from what is pressed", (pressed, chord) => { expect(chordOf(pressed)).toBe(chord); });

  it("is told in words", () => { expect(spell("Alt+Shift+ArrowDown")).toBe("Alt + Skift + pil ned"); });

  it("can be chosen with Alt only", () => {
    expect(["N", "Shift+N", "Alt+", "Alt+N", "Alt+Shift+N"].map(isUsable)).toEqual([false, false, false, true, true]);
  });
});

describe("shortcuts", () => {
  it("have a key each, all different and with Alt", () => {
    const chords = ACTIONS.map((action) => DEFAULT_KEYS[action]);
    expect(new Set(chords).size).toBe(ACTIONS.length);
    expect(chords.every(isUsable)).toBe(true);
  });

  it.each(ACTIONS.map((action) => [action] as const))("%s can be pressed while writing", (action) => {
    const [, ...rest] = DEFAULT_KEYS[action].split("+");
    expect(actionOf(alt(rest.at(-1)!), DEFAULT_KEYS, false, true)).toBe(action);
  });

  it("with a single key are off until they are wished for, and never while writing", () => {
    expect(actionOf(press("n"), DEFAULT_KEYS, false, false)).toBeNull();
    expect(actionOf(press("n"), DEFAULT_KEYS, true, false)).toBe("takeNext");
    expect(actionOf(press("n"), DEFAULT_KEYS, true, true)).toBeNull();
  });

  it("follow the agent's own choice, and no longer the old one", () => {
    const keys = keysWith({ takeNext: "Alt+Q" });
    expect(actionOf(alt("q"), keys, false, false)).toBe("takeNext");
    expect(actionOf(alt("n"), keys, false, false)).toBeNull();
  });

  it("say which of them has a chord already", () => {
    expect(takenBy(DEFAULT_KEYS, "Alt+N", "close")).toBe("takeNext");
    expect(takenBy(DEFAULT_KEYS, "Alt+N", "takeNext")).toBeNull();
  });

  it("are the defaults where what is stored cannot be used", () => {
    expect(keysWith({ takeNext: 7, close: "X", finnsInte: "Alt+Q" })).toEqual(DEFAULT_KEYS);
    expect(keysWith(null)).toEqual(DEFAULT_KEYS);
  });
});

describe("settings", () => {
  it.each([[null], ["text"], [7], [{ volume: "högt", theme: "rosa", sound: 1, keys: "Alt" }], [{ volume: 4 }]])(
    "from %j are the defaults: sound on, single keys off", (stored) => {
      expect(readSettings(stored)).toMatchObject({ sound: true, singleKeys: false, theme: "system", volume: 0.6, keys: DEFAULT_KEYS });
    });

  it("are what was chosen", () => {
    const chosen = { sound: false, volume: 0.2, notices: true, theme: "dark", singleKeys: true, side: false, keys: DEFAULT_KEYS };
    expect(readSettings(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  });
});
