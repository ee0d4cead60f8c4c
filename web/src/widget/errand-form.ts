import { mailAddress, phoneAddress } from "../shared/safe-url";
import type { ErrandKind } from "../shared/types";

/** What the citizen has filled in of an errand; kept in the tab until it is sent. */
export interface ErrandForm {
  kind: ErrandKind;
  contact: string;
  text: string;
  /** Of a report only: where the fault is, and where it can be reported with a picture. */
  report?: { place: string; eService: string | null };
}

/** The field to mend first. */
export type Flaw = "place" | "contact" | "text";

const SHORTEST_PHONE = 6; // digits; nobody can be called back at 112
const CODE = /^(?!\d{6}[-+]\d{4}$)(\+|\(?0)/; // of an area or a country; a personnummer has none

/**
 * What hinders the form from being sent, or null.
 *
 * @param needsText - nothing has been written in the chat, so nobody would know what it is about
 */
export function flawOf({ kind, contact, text, report }: ErrandForm, needsText: boolean): Flaw | null {
  if (report && !report.place.trim()) return "place";
  if (report && !text.trim()) return "text";
  const reachable = isPhone(contact) || (kind === "errand" && mailAddress(contact) !== null);
  if (!reachable) return "contact";
  return kind === "errand" && needsText && !text.trim() ? "text" : null;
}

function isPhone(contact: string): boolean {
  const number = contact.trim();
  return phoneAddress(number) !== null && CODE.test(number) && number.replace(/\D/g, "").length >= SHORTEST_PHONE;
}
