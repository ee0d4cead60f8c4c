import type { RecordsApi } from "./api";
import type { Registrar } from "./model";

/** What every view needs of the page around it. */
export interface App {
  readonly api: RecordsApi;
  readonly registrar: Registrar;
  /** Speak to screen readers. */
  say(text: string): void;
}
