/** Where the municipality is: its times are the same for an editor who travels. */
const ZONE = "Europe/Stockholm";

const MOMENT = new Intl.DateTimeFormat("sv-SE", {
  day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: ZONE,
});

/** Swedish time, `28 november 2026 kl. 14.32`. */
export function formatMoment(iso: string | null | undefined): string {
  const date = new Date(iso ?? "");
  return Number.isNaN(date.getTime()) ? "" : MOMENT.format(date).replace(/(\d\d):(\d\d)/, "$1.$2");
}

/** Today as `2026-11-28`, in Sweden. */
export function today(now: Date = new Date()): string { return swedish(now).slice(0, 10); }

/** A moment in Swedish time, as `<input type="datetime-local">` has it. */
export function toLocalInput(iso: string | null | undefined): string {
  const date = new Date(iso ?? "");
  return Number.isNaN(date.getTime()) ? "" : swedish(date).slice(0, 16);
}

/** What stands in `<input type="datetime-local">`, in Swedish time, as ISO 8601 in UTC; null where nothing does. */
export function fromLocalInput(value: string): string | null {
  const wanted = Date.parse(`${value}Z`);
  if (!value || Number.isNaN(wanted)) return null;
  const near = wanted - ahead(wanted);
  return new Date(wanted - ahead(near)).toISOString(); // asked again: summer time may begin in between
}

/** How far Swedish clocks are ahead of UTC then, in milliseconds. */
function ahead(time: number): number {
  return Date.parse(`${swedish(new Date(time))}Z`) - Math.floor(time / 1000) * 1000;
}

/** `2026-11-28T14:32:05` */
function swedish(date: Date): string { return date.toLocaleString("sv-SE", { timeZone: ZONE }).replace(" ", "T"); }
