/** Whom a conversation is handed to, as far as the agent has chosen and written. */
export class Handover {
  readonly moveId = crypto.randomUUID();
  readonly noteId = crypto.randomUUID();
  /** The colleague's username, and the name that people know. */
  to = "";
  name = "";
  note = "";
  busy = false;
  problem = "";
  missing: "to" | "note" | null = null;

  /** A colleague is told in words what it is about, so that the citizen repeats nothing. */
  check(): boolean {
    this.missing = !this.to ? "to" : !this.note.trim() ? "note" : null;
    return this.missing === null;
  }
}
