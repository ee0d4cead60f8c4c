import { expect, test } from "vitest";
import { checksOf, contrast, inWords, passes } from "../src/editor/contrast";
import { lookCss, type Look } from "../src/shared/look";
import { LAUNCHER_CSS } from "../src/widget/launcher-styles";
import CASES from "./contrast-cases.json";

const LOOK: Look = {
  light: { bar: "#0b4a57", bar_end: "#0f6a70", on_bar: "#ffffff", accent: "#0b6670", on_accent: "#ffffff" },
  dark: { bar: "#0a343d", bar_end: "#0d4a50", on_bar: "#f2fafa", accent: "#63cfc4", on_accent: "#04282b" },
  radius_px: 8, font: null, position: "hoger",
};

test.each(CASES as [string, string, string][])("%s on %s is %s, as the server counts it", (one, other, told) => {
  expect(inWords(contrast(one, other))).toBe(told);
});

test("the product's own look passes, and a pale colour fails where it is used", () => {
  expect(checksOf(LOOK).filter((check) => !passes(check))).toEqual([]);
  const pale = { ...LOOK, light: { ...LOOK.light, on_bar: "#0b4a58" } };
  expect(checksOf(pale).filter((check) => !passes(check)).map(({ mode, colour, against }) => [mode, colour, against]))
    .toEqual([["light", "on_bar", "bar"], ["light", "on_bar", "bar_end"]]);
});

test("a look becomes variables of its own, below those of the page", () => {
  const css = lookCss(LOOK);
  expect(css).toContain("--kommun-look-radius:8px;");
  expect(css).toContain(':host([theme="dark"]){--kommun-look-bar:#0a343d;--kommun-look-bar-end:#0d4a50;');
  expect(css).not.toContain("--kommun-chat");
  expect(css).not.toContain("--kommun-look-font");
  expect(LAUNCHER_CSS).toContain("var(--kommun-chat-bar, var(--kommun-look-bar, #0b4a57))");
});
