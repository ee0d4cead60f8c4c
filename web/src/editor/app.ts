import type { EditorApi } from "./api";
import type { Editor } from "./model";
import type { Works } from "./works";

/** What every view of the editor needs of the page around it. */
export interface App {
  readonly api: EditorApi;
  readonly works: Works;
  readonly editor: Editor;
  /** Speak to screen readers. */
  say(text: string): void;
  /** Go to another place; `replace` where "back" should not come here again. */
  go(href: string, replace?: boolean): void;
}
