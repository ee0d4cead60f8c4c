import type { NewNote, Note, NoteKind } from "./model";

interface NotesApi {
  load(): Promise<{ notes: Note[] }>;
  add(note: NewNote): Promise<Note>;
  changed(): void;
  /** Colleagues have written to the one who has the conversation. */
  advised(notes: readonly Note[]): void;
}

/** The internal notes of one conversation, and the one that is being written. */
export class Notes {
  items: readonly Note[] = [];
  draft = "";
  /** What is written is a question to a department. */
  asking = false;
  /** The id of the department that is asked or answered for; empty before it is chosen. */
  department = "";
  busy = false;
  problem = false;
  /** Those from before are here: what comes now is news. */
  loaded = false;
  private known = -1;
  private draftId = crypto.randomUUID();

  constructor(private readonly api: NotesApi) {}

  /** What whoever had the conversation before wants the next one to know. */
  get handed(): Note | null { return this.items.filter(({ kind = "note" }) => kind === "note").at(-1) ?? null; }

  /** Questions to departments that nobody has answered yet. */
  get unanswered(): readonly Note[] {
    return this.items.filter((note, at) => note.kind === "question" && !this.items.slice(at + 1).some((later) =>
      later.kind === "answer" && later.department?.id === note.department?.id));
  }

  /** The list says how many there are: fetch when that is news. */
  follow(count: number): void {
    if (count === this.known) return;
    this.known = count;
    if (count > this.items.length) void this.load();
    else this.loaded = true;
  }

  write(text: string): void { this.draft = text; }

  /** To another department it is another note, even where an earlier try got through. */
  choose(department: string): void {
    if (department === this.department) return;
    this.department = department;
    this.draftId = crypto.randomUUID();
  }

  /** Store the draft; sent again after a lost answer it is still one note. Throws as the API does. */
  async save(kind: NoteKind): Promise<Note | null> {
    const text = this.draft.trim();
    if (!text || this.busy) return null;
    this.busy = true;
    this.api.changed();
    const to = kind === "question" || kind === "answer" ? { department: this.department } : {};
    try {
      const note = await this.api.add({ note_id: this.draftId, text, kind, ...to });
      this.merge([note]);
      this.draft = "";
      this.draftId = crypto.randomUUID();
      return note;
    } finally {
      this.busy = false;
      this.api.changed();
    }
  }

  private async load(): Promise<void> {
    await this.api.load().then(({ notes }) => this.take(notes), () => { this.known = -1; });
    this.api.changed();
  }

  private take(notes: readonly Note[]): void {
    const before = new Set(this.items.map(({ id }) => id));
    const news = this.loaded ? notes.filter(({ id }) => !before.has(id)) : [];
    this.loaded = true;
    this.merge(notes);
    const advice = news.filter(({ kind }) => kind === "whisper" || kind === "answer");
    if (advice.length) this.api.advised(advice);
  }

  private merge(notes: readonly Note[]): void {
    const byId = new Map([...this.items, ...notes].map((note) => [note.id, note]));
    this.items = [...byId.values()].sort((one, other) => one.at.localeCompare(other.at));
  }
}
