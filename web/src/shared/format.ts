/** Swedish ways to write dates, times and shares. */

const DAY = new Intl.DateTimeFormat("sv-SE", {
  day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});
const CLOCK = new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit" });
const PERCENT = new Intl.NumberFormat("sv-SE", { style: "percent", maximumFractionDigits: 0 });

/** `2026-11-10` → `10 november 2026`; what is no date comes back unchanged. */
export function formatDay(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? iso : DAY.format(date);
}

/** Local time of day, `14.32`. */
export function formatClock(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : CLOCK.format(date).replace(":", ".");
}

/** 0.62 → `62 %`. */
export function formatShare(share: number): string {
  return PERCENT.format(share);
}

/** Time since `iso` as `m.ss`, or `h tim m min` past an hour. */
export function formatWait(iso: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
  if (Number.isNaN(seconds)) return "";
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} tim ${minutes % 60} min`;
  return `${minutes}.${String(seconds % 60).padStart(2, "0")}`;
}
