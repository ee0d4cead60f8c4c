import type { CitizenEntry } from "../shared/outbox";
import type { Language } from "../shared/languages";
import { TabStore } from "../shared/storage";
import type { ErrandForm } from "./errand-form";

/** What this tab has to remember to continue the chat after a reload. */
export interface Session {
  clientId: string;
  /** 256 random bits, base64url; the key to the conversation. */
  secret: string;
  conversationId: string | null;
  outbox: readonly CitizenEntry[];
  draft: string;
  /** The page on which the panel stands open, or null when it is closed. */
  openOn: string | null;
  /** What the citizen has said of answers, by their numbers. */
  ratings?: Readonly<Record<number, boolean>>;
  /** What is filled in of an errand that has not been sent. */
  form?: ErrandForm | null;
  /** The bot's offer of a person, by its number, that the citizen has answered. */
  declinedOffer?: number;
  /** How it was has been said, or the citizen would rather not. */
  surveyed?: boolean;
  /** Reference numbers of the errands left in this conversation. */
  references?: readonly string[];
  /** What the citizen has chosen to read, if they have. */
  language?: Language;
}

export function newSession(draft = "", openOn: string | null = null): Session {
  return { clientId: crypto.randomUUID(), secret: newSecret(), conversationId: null, outbox: [], draft, openOn };
}

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The session of this tab with one gateway; created at first use. */
export class SessionStore {
  private readonly store: TabStore<Session>;
  private session: Session | null = null;
  private forgotten = false;

  constructor(base: string) {
    this.store = new TabStore(`kommunbot:${base}`);
  }

  /** What an earlier page of this tab left; never writes. */
  peek(): Session | null {
    this.session ??= this.store.load();
    return this.session;
  }

  get(): Session {
    return this.peek() ?? this.replace(newSession());
  }

  update(change: Partial<Session>): void {
    this.replace({ ...this.get(), ...change });
  }

  /** Leave nothing behind in this tab, whatever is still at work in it. */
  forget(): void {
    this.forgotten = true;
    this.store.clear();
  }

  replace(session: Session): Session {
    this.session = session;
    if (!this.forgotten) this.store.save(session);
    return session;
  }
}
