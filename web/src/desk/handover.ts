import type { Receiver } from "./model";

/** To whom a conversation is handed, as far as the agent has chosen and written. */
export class Handover {
  readonly moveId = crypto.randomUUID();
  readonly noteId = crypto.randomUUID();
  receiver: Receiver | null = null;
  /** What people call the one who is chosen. */
  name = "";
  note = "";
  busy = false;
  problem = "";
  missing: "receiver" | "note" | null = null;

  get toDepartment(): boolean { return this.receiver !== null && "department" in this.receiver; }

  choose(receiver: Receiver, name: string): void {
    this.receiver = receiver;
    this.name = name;
    this.missing = null;
  }

  isChosen(receiver: Receiver): boolean { return JSON.stringify(receiver) === JSON.stringify(this.receiver); }

  /** Whoever takes over is told in words what it is about, so that the citizen repeats nothing. */
  check(): boolean {
    this.missing = !this.receiver ? "receiver" : !this.note.trim() ? "note" : null;
    return this.missing === null;
  }
}
