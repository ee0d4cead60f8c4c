/** How long somebody waits, and when that is too long. */

export type Level = "calm" | "soon" | "late";

/** Seconds after which a wait is marked. */
interface Limits { soon: number; late: number }

// In a chat, a minute of silence is noticed; after three, people leave.
export const REPLY: Limits = { soon: 60, late: 180 };
export const QUEUE: Limits = { soon: 120, late: 300 };

const TIME = new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("sv-SE", { weekday: "short", day: "numeric", month: "short" });

/** How a wait since `iso` is to be marked; a moment that cannot be read is calm. */
export function waitLevel(iso: string, now: number, limits: Limits): Level {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (seconds >= limits.late) return "late";
  return seconds >= limits.soon ? "soon" : "calm";
}

/** Whole seconds until `iso`, never less than 0. */
export function secondsLeft(iso: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000)) || 0;
}

/** `i dag 16.00`, `i morgon 12.00`, `tis 1 dec. 12.00`; what is no moment comes back unchanged. */
export function formatDue(iso: string, now: number): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const time = TIME.format(date).replace(":", ".");
  const days = daysBetween(new Date(now), date);
  if (days === 0) return `i dag ${time}`;
  if (days === 1) return `i morgon ${time}`;
  return `${days === -1 ? "i går" : DAY.format(date)} ${time}`;
}

function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (day(to) - day(from)) / 86_400_000;
}
