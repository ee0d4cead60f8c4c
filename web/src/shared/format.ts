/** Ways to write dates, times and shares. Swedish, or as a language's own texts say (`locale`). */

const SWEDISH = "sv-SE";
const PERCENT = new Intl.NumberFormat(SWEDISH, { style: "percent", maximumFractionDigits: 0 });
// the hour and the minute are the same everywhere; only the mark between them differs
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DOTTED: ReadonlySet<string> = new Set([SWEDISH, "fi-FI"]);

// browsers do not know Somali
const SOMALI_MONTHS = [
  "Janaayo", "Febraayo", "Maarso", "Abriil", "Maayo", "Juun",
  "Luulyo", "Agosto", "Sebtembar", "Oktoobar", "Noofeembar", "Diseembar",
];

const days = new Map<string, Intl.DateTimeFormat>();

function daysIn(locale: string): Intl.DateTimeFormat {
  const known = days.get(locale)
    ?? new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  days.set(locale, known);
  return known;
}

/** `2026-11-10` → `10 november 2026`; what is no date comes back unchanged. */
export function formatDay(iso: string, locale = SWEDISH): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  if (locale.startsWith("so")) return `${date.getUTCDate()} ${SOMALI_MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return daysIn(locale).format(date);
}

/** Local time of day, `14.32`. */
export function formatClock(iso: string, locale = SWEDISH): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : CLOCK.format(date).replace(":", clockMark(locale));
}

/** What stands between hours and minutes, or minutes and seconds. */
export function clockMark(locale: string): string {
  return DOTTED.has(locale) ? "." : ":";
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
