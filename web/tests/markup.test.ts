import { describe, expect, it } from "vitest";
import { parseInline, parseMarkup, parsePlain, plainText, type Block, type Inline } from "../src/shared/markup";
import { mailAddress, phoneAddress, webAddress } from "../src/shared/safe-url";
import { XSS } from "./xss-corpus";

function inlines(block: Block): Inline[] {
  switch (block.kind) {
    case "paragraph": return block.lines.flat();
    case "list": return block.items.flat();
    case "table": return [...(block.head ?? []), ...block.rows.flat()].flat();
  }
}

const BASE = "https://kommun.example/";

describe("markup", () => {
  it("splits paragraphs at empty lines and keeps line breaks inside them", () => {
    expect(parseMarkup("Ett\ntvå\n\ntre")).toEqual([
      { kind: "paragraph", lines: [[{ kind: "text", text: "Ett" }], [{ kind: "text", text: "två" }]] },
      { kind: "paragraph", lines: [[{ kind: "text", text: "tre" }]] },
    ]);
  });

  it("reads a list right after its lead-in line", () => {
    const [lead, list] = parseMarkup("Ta med:\n- mått\n- **ritning**");
    expect(lead?.kind).toBe("paragraph");
    expect(list).toEqual({ kind: "list", start: null, items: [
      [{ kind: "text", text: "mått" }], [{ kind: "bold", text: "ritning" }]] });
  });

  it("keeps the number that a numbered list starts with", () => {
    expect(parseMarkup("2. Mät\n3. Sök")).toMatchObject([{ kind: "list", start: 2 }]);
  });

  it("reads a fee table with and without a head", () => {
    expect(parseMarkup("| Barn | Avgift |\n|---|---:|\n| Första | 3 % |")).toMatchObject([
      { kind: "table", head: [[{ text: "Barn" }], [{ text: "Avgift" }]], rows: [[[{ text: "Första" }], [{ text: "3 %" }]]] }]);
    expect(parseMarkup("| Första | 3 % |")).toMatchObject([{ kind: "table", head: null }]);
  });

  it.each(["**", "****", "**a", "| ", "-", "- ", "|", "[a](", "[a](b)", "\u0000", "", "   "])(
    "takes broken marks %j as text without failing", (text) => {
      expect(parseMarkup(text).flatMap(inlines).every((part) => part.kind === "text")).toBe(true);
    });

  it("says a table and a list aloud without marks", () => {
    expect(plainText("**Avgift**\n\n| Första | 3 % |\n\n- a\n- b")).toBe("Avgift\nFörsta, 3 %\na\nb");
  });

  it("stays quick on text made to be slow", () => {
    const start = performance.now();
    for (const piece of ["*", "[", "|-", "](", "**a", "- ", "[a](https://"]) parseMarkup(piece.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("hostile text", () => {
  it("is plenty", () => expect(XSS.length).toBeGreaterThan(600));

  it.each(XSS)("loses no character and gains no link: %s", (text) => {
    const parts = parseMarkup(text).flatMap(inlines);
    for (const part of parts) {
      if (part.kind !== "link") continue;
      expect(part.url).toMatch(/^https?:\/\//);
      expect(webAddress(part.url, BASE) ?? "drawn as text").toMatch(/^(https?:\/\/|drawn as text$)/);
    }
    expect(parsePlain(text).map((part) => part.text).join("")).toBe(text);
  });

  it.each(XSS)("is no address that a link may follow: %s", (text) => {
    const address = webAddress(text, BASE);
    if (address !== null) expect(new URL(address).protocol).toMatch(/^https?:$/);
    expect(phoneAddress(text)).toBeNull();
    expect(mailAddress(text)).toBeNull();
  });
});

describe("links", () => {
  it("follows only web addresses written out in full", () => {
    expect(parseInline("Se [sidan](https://a.example/x) nu")).toEqual([
      { kind: "text", text: "Se " }, { kind: "link", text: "sidan", url: "https://a.example/x" }, { kind: "text", text: " nu" }]);
    expect(parseInline("[x](javascript:alert(1))")).toEqual([{ kind: "text", text: "[x](javascript:alert(1))" }]);
  });

  it("leaves the full stop after an address outside the link", () => {
    expect(parsePlain("Läs https://a.example/b.")).toEqual([
      { kind: "text", text: "Läs " }, { kind: "link", text: "https://a.example/b", url: "https://a.example/b" }, { kind: "text", text: "." }]);
  });

  it.each([["031-390 06 00", "tel:0313900600"], ["+46 31 390 06 00", "tel:+46313900600"], ["112", "tel:112"]])(
    "dials %s as %s", (number, address) => expect(phoneAddress(number)).toBe(address));

  it.each(["", "1", "ring oss", "112;ext=1", "tel:112", "112\n<b>"])("does not dial %j", (number) =>
    expect(phoneAddress(number)).toBeNull());

  it.each(["a@b", "a@b.se?bcc=x@y.se", "a b@c.se", "a@b.se,c@d.se", "javascript:a@b.se"])("does not mail %j", (mail) =>
    expect(mailAddress(mail)).toBeNull());

  it("hides no user name in an address", () => {
    expect(webAddress("https://kommun.example@evil.example/", BASE)).toBeNull();
  });
});
