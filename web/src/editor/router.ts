/** Where in the editor one is, as it stands after # in the address: `#/fragor/avfall-hamtdag?vy=yaml`. */

export const VIEWS = ["fragor", "testa", "granska", "luckor", "meddelanden", "utseende", "sakerhet", "historik"] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  view: View;
  /** What is open in the view: an entry's id, a new entry's key (`~…`), a publication, a notice. */
  id: string | null;
  step: string | null;
  query: Readonly<Record<string, string>>;
}

export const NEW = "~"; // no id begins so

const START: Route = { view: "fragor", id: null, step: null, query: {} };

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view, id, step] = path.split("/").map(decoded);
  if (!isView(view)) return START;
  return { view, id: id || null, step: step || null, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of a place; empty query values are left out. */
export function href(view: View, id: string | null = null, step: string | null = null, query: Record<string, string> = {}): string {
  const path = [view, id, step].filter((one) => one !== null).map((one) => encodeURIComponent(one).replace("%7E", NEW));
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#/${path.join("/")}${search ? `?${search}` : ""}`;
}

/** True where two routes show the same page, whatever is filtered on it. */
export function isSamePage(one: Route, other: Route): boolean {
  return one.view === other.view && one.id === other.id && one.step === other.step;
}

function isView(name: string | undefined): name is View {
  return (VIEWS as readonly (string | undefined)[]).includes(name);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a cut address
  }
}
