import { editorTexts as t } from "../texts/sv-editor";
import type { EditorNotice } from "./model";

export type NoticeState = "now" | "later" | "ended";
const STATES: readonly NoticeState[] = ["now", "later", "ended"];

export function stateOf({ starts, ends }: EditorNotice, now: Date): NoticeState {
  if (ends && new Date(ends) <= now) return "ended";
  return new Date(starts) > now ? "later" : "now";
}

/** What holds now before what comes and what has been; a crisis first; then what began last. */
export function toShow(all: readonly EditorNotice[], now: Date): EditorNotice[] {
  const place = (notice: EditorNotice) => STATES.indexOf(stateOf(notice, now)) * 2 + (notice.kind === "kris" ? 0 : 1);
  return [...all].sort((one, other) => place(one) - place(other) || Date.parse(other.starts) - Date.parse(one.starts));
}

/** What keeps a notice from being saved, by field; empty where nothing does. */
export function faultsOf({ text, starts, ends, link }: EditorNotice): Partial<Record<"text" | "starts" | "ends" | "link", string>> {
  return {
    ...(text.trim() ? {} : { text: t.noticeMissingText }),
    ...(starts ? {} : { starts: t.noticeMissingStart }),
    ...(ends && starts && ends <= starts ? { ends: t.noticeOrder } : {}),
    ...(link && Boolean(link.title.trim()) !== Boolean(link.url.trim()) ? { link: t.noticeLinkHalf } : {}),
  };
}
