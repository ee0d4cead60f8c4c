import type { Said } from "../shared/announcer";
import { spoken } from "../shared/message-view";
import type { ChatEvent } from "../shared/types";
import type { Chat } from "./chat";
import { handoverLine } from "./handover-view";
import { PlaceSpeaker } from "./place-speaker";
import { queueLine } from "./status-view";

/** What a screen reader is told of the chat: everything once, when it happens. */
export class Speaker {
  private readonly place = new PlaceSpeaker((text) => this.say(text));
  private readonly told = { lost: false, failing: false, handover: "" };

  constructor(private readonly say: (what: string | readonly Said[]) => void) {}

  /** Read out what has come. The warning of the end is an alert of its own. */
  heard(events: readonly ChatEvent[], { texts }: Chat): void {
    for (const event of events) if (!isWarning(event)) this.say(spoken(event, { ...texts, own: "citizen" }));
  }

  /** Tell what has changed since last time. */
  follow(chat: Chat, cardShows: boolean): void {
    this.place.follow(queueLine(chat.conversation.status, chat.texts.texts));
    this.tellTrouble(chat);
    this.tellHandover(cardShows ? handoverLine(chat) : "");
  }

  /** That contact is lost or back, and that a message has not gone through. */
  private tellTrouble({ conversation: { trouble, outbox }, texts: { texts: t } }: Chat): void {
    if (trouble.now !== this.told.lost) this.say(trouble.now ? t.reconnecting : t.connected);
    else if (outbox.failing && !this.told.failing) this.say(t.failed);
    this.told.lost = trouble.now;
    this.told.failing = outbox.failing;
  }

  /** What the card says, when it is known and when it changes. */
  private tellHandover(line: string): void {
    if (line !== this.told.handover) this.say(line);
    this.told.handover = line;
  }
}

/** The warning that the conversation will be ended. */
export function isWarning(event: ChatEvent): boolean {
  return event.type === "state" && event.move === "warn";
}
