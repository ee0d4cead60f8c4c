import { deskTexts as t } from "../texts/sv-desk";
import type { DeskApi } from "./desk-api";
import { told } from "./problem";
import type { Presence } from "../shared/types";

/** What taking a conversation changes on the desk. */
export interface Reception {
  /** Read the lists again. */
  refresh(): Promise<void>;
  select(id: string): void;
  setPresence(presence: Presence): void;
  tell(message: string): void;
  warn(problem: string, error: unknown): void;
  changed(): void;
}

const NEXT = "next";

/** How an agent comes to conversations: takes one, the next, and says for how many there is room. */
export class Intake {
  private underway: string | null = null;
  /** The status that is being set; null when none is. */
  wantedStatus: string | null = null;

  constructor(private readonly api: DeskApi, private readonly desk: Reception) {}

  get busy(): boolean { return this.underway !== null; }

  isTaking(id: string): boolean { return this.underway === id; }

  /** Take a conversation that waits or is offered to us; says who was faster when somebody was. */
  take(id: string): Promise<void> {
    return this.attempt(id, async () => { await this.api.take(id); return id; });
  }

  /** Take the one whose turn it is. */
  takeNext(): Promise<void> {
    return this.attempt(NEXT, async () => (await this.api.takeNext()).conversation_id);
  }

  async setStatus(status: string): Promise<void> {
    if (this.wantedStatus) return;
    this.wantedStatus = status;
    this.desk.changed();
    try {
      this.desk.setPresence(await this.api.setPresence(status));
    } catch (error) {
      this.desk.warn(told(error), error);
    } finally {
      this.wantedStatus = null;
      this.desk.changed();
    }
  }

  private async attempt(id: string, take: () => Promise<string | null>): Promise<void> {
    if (this.underway) return;
    this.underway = id;
    this.desk.changed();
    try {
      const taken = await take();
      await this.desk.refresh();
      if (taken) this.desk.select(taken);
      else this.desk.tell(t.nobodyWaits);
    } catch (error) {
      this.desk.warn(told(error), error);
      void this.desk.refresh();
    } finally {
      this.underway = null;
      this.desk.changed();
    }
  }
}
