import { describe, expect, it } from "vitest";
import { privateNumbers, without } from "../src/widget/private-numbers";
import { phoneOf, withheldOf, withoutNumbers } from "../src/widget/withheld";

const kinds = (text: string) => privateNumbers(text).map(({ kind }) => kind);
const found = (text: string) => privateNumbers(text).map(({ start, end }) => text.slice(start, end));

describe("a personnummer or samordningsnummer", () => {
  it.each([
    "811218-9876", "8112189876", "19811218-9876", "198112189876", "811218 9876", "811218+9876", "811278-9873",
  ])("%s is found", (number) => {
    expect(kinds(`Jag heter Kim, ${number}, och undrar`)).toEqual(["personal"]);
    expect(found(`(${number})`)).toEqual([number]);
  });

  it.each([
    ["811218-9875", "a wrong check digit"], ["811318-9875", "no such month"], ["811200-9876", "no such day"],
    ["BYGG 2026-000123", "a case"], ["1234-5678", "eight digits"], ["2026-11-29 kl 12.30", "a date and a clock"],
    ["1.200.000 kr", "a sum"], ["556036-0793", "a company (month 60)"],
  ])("%s is none: %s", (text) => { expect(kinds(text)).toEqual([]); });
});

describe("a card number", () => {
  it.each(["4111 1111 1111 1111", "4111-1111-1111-1111", "5500000000000004", "378282246310005"])("%s is found", (number) => {
    expect(kinds(`kort ${number} gäller`)).toEqual(["card"]);
    expect(found(`kort ${number} gäller`)).toEqual([number]);
  });

  it.each(["4111 1111 1111 1112", "1234567890123456"])("%s has no right check digit", (text) => { expect(kinds(text)).toEqual([]); });
});

describe("a telephone number", () => {
  it.each(["070-123 45 67", "0701234567", "+46 70 123 45 67", "0046701234567", "08-123 456 78", "031/390 06 00"])("%s is found", (number) => {
    expect(kinds(`ring ${number} tack`)).toEqual(["phone"]);
    expect(found(`ring ${number} tack`)).toEqual([number]);
  });

  it.each(["112", "1177", "114 14", "90101", "klockan 08.30", "år 2026", "450 00 Strandby", "0,5 meter"])("%s is nobody's own", (text) => {
    expect(kinds(text)).toEqual([]);
  });
});

describe("what is held back", () => {
  it("is each number once, in its order, and only the numbers are taken away", () => {
    const text = "Ring 070-123 45 67, jag är 811218-9876 och kortet är 4111 1111 1111 1111.";
    expect(kinds(text)).toEqual(["phone", "personal", "card"]);
    expect(without(text, privateNumbers(text), "[x]")).toBe("Ring [x], jag är [x] och kortet är [x].");
  });

  it("tells the telephone number at which one may want to be called", () => {
    const both = withheldOf("Jag är 811218-9876, 070-123 45 67")!;
    expect(phoneOf(both)).toBe("070-123 45 67");
    expect(withoutNumbers(both, "[x]")).toBe("Jag är [x], [x]");
    expect(phoneOf(withheldOf("811218-9876")!)).toBeNull();
  });

  it("is nothing in an ordinary question", () => {
    expect(withheldOf("Vad kostar bygglov för 25 kvm 2026?")).toBeNull();
  });
});
