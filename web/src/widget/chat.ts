import { backoff } from "../shared/backoff";
import type { ApiError } from "../shared/http";
import { newMove, type Entry } from "../shared/outbox";
import type { ChatEvent, WidgetInfo } from "../shared/types";
import { SWEDISH, textsFor, type Texts } from "../shared/texts";
import { CitizenApi } from "./citizen-api";
import { Conversation, type Listener } from "./conversation";
import { newSession, SessionStore } from "./session";

export interface ChatView {
  changed(): void;
  heard(events: readonly ChatEvent[]): void;
}

/** Everything the panel shows: the conversation, its draft, contact ways and what went wrong. */
export class Chat implements Listener {
  readonly store: SessionStore;
  conversation: Conversation;
  info: WidgetInfo | null = null;
  texts: Texts = SWEDISH;
  alert = "";
  draft: string;
  private readonly api: CitizenApi;
  private opened = false;

  constructor(base: string, language: string, private readonly view: ChatView) {
    this.api = new CitizenApi(base);
    this.store = new SessionStore(base);
    this.draft = this.store.get().draft;
    this.conversation = this.begin();
    void this.useLanguage(language);
  }

  /** Start fetching; called when the panel is first opened or an earlier chat continues. */
  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.conversation.open();
    void this.loadInfo(1);
  }

  get maxLength(): number { return this.info?.max_length ?? 2000; }

  setDraft(draft: string): void {
    this.draft = draft;
    this.store.update({ draft });
    this.conversation.writes(draft);
  }

  send(text: string, choice: string | null = null): void {
    this.alert = "";
    if (choice === null) this.clearDraft();
    this.conversation.send(text, choice);
  }

  /** End the conversation and forget it here. */
  restart(): void {
    const session = this.store.get();
    const { status } = this.conversation;
    if (session.conversationId && status?.state !== "closed") {
      void this.api.move(session, newMove("close"), true).catch(() => undefined);
    }
    this.alert = "";
    this.replace("");
  }

  changed(): void { this.view.changed(); }

  heard(events: readonly ChatEvent[]): void { this.view.heard(events); }

  refused(entry: Entry, error: ApiError): void {
    if (entry.kind === "message" && error.code === "choice_not_offered") {
      return this.conversation.send(entry.text); // the label says the same in words
    }
    if (entry.kind === "message" && entry.choice === null) this.rescue([entry.text]);
    this.alert = error.text || this.texts.texts.refused;
    this.view.changed();
  }

  gone(): void {
    const unsent = this.store.get().outbox.flatMap((entry) => (entry.kind === "message" ? [entry.text] : []));
    this.rescue(unsent);
    this.alert = this.texts.texts.lost;
    this.replace(this.draft);
  }

  private begin(): Conversation {
    return new Conversation(this.api, this.store, () => this.texts.language, this);
  }

  private replace(draft: string): void {
    this.conversation.stop();
    this.draft = draft;
    this.store.replace(newSession(draft, this.store.get().openOn));
    this.conversation = this.begin();
    this.view.changed();
  }

  private clearDraft(): void {
    this.draft = "";
    this.store.update({ draft: "" });
  }

  /** Put unsent words back before what is being written. */
  private rescue(unsent: readonly string[]): void {
    this.draft = [...unsent, this.draft].filter(Boolean).join("\n");
    this.store.update({ draft: this.draft });
  }

  private async useLanguage(tag: string): Promise<void> {
    this.texts = await textsFor(tag);
    this.view.changed();
  }

  private async loadInfo(attempt: number): Promise<void> {
    try {
      this.info = await this.api.info();
      this.view.changed();
    } catch {
      setTimeout(() => void this.loadInfo(attempt + 1), backoff(attempt));
    }
  }
}
