import type { Note } from "./model";

interface NotesApi {
  load(): Promise<{ notes: Note[] }>;
  add(id: string, text: string): Promise<Note>;
  changed(): void;
}

/** The internal notes of one conversation, and the one that is being written. */
export class Notes {
  items: readonly Note[] = [];
  draft = "";
  busy = false;
  problem = false;
  private known = -1;
  private draftId = crypto.randomUUID();

  constructor(private readonly api: NotesApi) {}

  get latest(): Note | null { return this.items.at(-1) ?? null; }

  /** The list says how many there are: fetch when that is news. */
  follow(count: number): void {
    if (count === this.known) return;
    this.known = count;
    if (count > this.items.length) void this.load();
  }

  write(text: string): void { this.draft = text; }

  /** Store the draft; sent again after a lost answer it is still one note. Throws as the API does. */
  async save(): Promise<boolean> {
    const text = this.draft.trim();
    if (!text || this.busy) return false;
    this.busy = true;
    this.api.changed();
    try {
      this.merge([await this.api.add(this.draftId, text)]);
      this.draft = "";
      this.draftId = crypto.randomUUID();
      return true;
    } finally {
      this.busy = false;
      this.api.changed();
    }
  }

  private async load(): Promise<void> {
    await this.api.load().then(({ notes }) => this.merge(notes), () => { this.known = -1; });
    this.api.changed();
  }

  private merge(notes: readonly Note[]): void {
    const byId = new Map([...this.items, ...notes].map((note) => [note.id, note]));
    this.items = [...byId.values()].sort((one, other) => one.at.localeCompare(other.at));
  }
}
