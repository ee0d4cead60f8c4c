/** Numbers that tell who somebody is, or open their accounts, in what is about to be sent. */

export type PrivateKind = "personal" | "card" | "phone";

export interface PrivateNumber { kind: PrivateKind; start: number; end: number }

/** Date, sometimes with the century, and four more digits; parted by nothing, a space, `-` or `+`. */
const PERSONAL = /(?<!\d)(?:\d{2})?\d{6}[ +–-]?\d{4}(?!\d)/g;
const CARD = /(?<!\d)\d(?:[ –-]?\d){12,18}(?!\d)/g;
/** Begins as one dials it from Sweden; 112, 1177 and 114 14 are nobody's own. */
const PHONE = /(?<![\d+])(?:\+|00?)(?:[\s()/–-]{0,2}\d){7,14}(?!\d)/g;
const COORDINATION_DAYS = 60; // a samordningsnummer adds them to the day of birth

/** What stands in `text`, in its order; nothing twice. */
export function privateNumbers(text: string): PrivateNumber[] {
  const found: PrivateNumber[] = [];
  const add = (kind: PrivateKind, pattern: RegExp, holds: (digits: string) => boolean) => {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const free = !found.some((one) => start < one.end && one.start < end);
      if (free && holds(match[0].replace(/\D/g, ""))) found.push({ kind, start, end });
    }
  };
  add("personal", PERSONAL, isPersonal);
  add("card", CARD, hasCheckDigit);
  add("phone", PHONE, () => true);
  return found.sort((one, other) => one.start - other.start);
}

/** `text` with `instead` in each number's place. */
export function without(text: string, numbers: readonly PrivateNumber[], instead: string): string {
  return [...numbers].reverse().reduce(
    (left, { start, end }) => left.slice(0, start) + instead + left.slice(end), text,
  );
}

/**
 * A Swedish personnummer or samordningsnummer: a possible date and the right check digit
 * (folkbokföringslagen 1991:481, 18 and 18 a §§; the check digit is Luhn's of the last ten digits).
 */
function isPersonal(digits: string): boolean {
  const ten = digits.slice(-10);
  const month = Number(ten.slice(2, 4));
  const day = Number(ten.slice(4, 6));
  const born = day > COORDINATION_DAYS ? day - COORDINATION_DAYS : day;
  return month >= 1 && month <= 12 && born >= 1 && born <= 31 && hasCheckDigit(ten);
}

/** Luhn's formula (ISO/IEC 7812-1, annex B). */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, sign, place) => {
    const value = Number(sign) * (place % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
