/** Where one is, as it stands after # in the address: `#/begaran/<id>/<conversation>`. */

export const VIEWS = ["begaran", "gallring", "logg"] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  view: View;
  /** The request that is open. */
  id: string | null;
  /** The conversation of it that is open. */
  conversation: string | null;
}

export function parseRoute(hash: string): Route {
  const [view, id, conversation] = hash.replace(/^#\/?/, "").split("/");
  const known = VIEWS.find((one) => one === view);
  return known ? { view: known, id: id || null, conversation: conversation || null } : { view: "begaran", id: null, conversation: null };
}

export function href(view: View, id = "", conversation = ""): string {
  return `#/${[view, id, conversation].filter(Boolean).join("/")}`;
}
