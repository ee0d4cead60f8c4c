import type { App } from "./app";
import type { Begun } from "./model";
import { href, NEW } from "./router";
import { newWork } from "./work";

/** Open what has been begun as the draft of a new entry. */
export function openBegun(app: App, { file, yaml }: Begun): void {
  const key = NEW + crypto.randomUUID().slice(0, 8);
  app.works.keep(key, newWork(file, { yaml }, crypto.randomUUID()));
  app.go(href("fragor", key));
}
