/** What is kept of the panes over a reload. */
export interface PanesState { ids: string[]; pinned: string[]; focused: string | null }

export const MOST_PANES = 3;

/**
 * The conversations that stand side by side.
 *
 * A pane is loose until it is pinned; the next conversation that is opened takes the loose pane's
 * place, so that nobody has to close what they only looked at. At most three are open.
 */
export class Panes {
  private open: string[];
  private fixed: Set<string>;
  private current: string | null;
  private recent: string[];

  constructor(state: Partial<PanesState> | null = null) {
    this.open = [...new Set(state?.ids ?? [])].slice(0, MOST_PANES);
    this.fixed = new Set(state?.pinned?.filter((id) => this.open.includes(id)));
    this.current = state?.focused && this.open.includes(state.focused) ? state.focused : null;
    this.recent = this.current ? [this.current] : [];
  }

  get ids(): readonly string[] { return this.open; }

  get focused(): string | null { return this.current; }

  get state(): PanesState {
    return { ids: [...this.open], pinned: [...this.fixed], focused: this.current };
  }

  isPinned(id: string): boolean { return this.fixed.has(id); }

  /** Open a conversation, or go to its pane. */
  show(id: string): void {
    if (!this.open.includes(id)) this.place(id);
    this.current = id;
    this.recent = [id, ...this.recent.filter((other) => other !== id)];
  }

  /** Look at no conversation; pinned panes stay, a loose one goes. */
  leave(): void {
    const left = this.current;
    this.current = null;
    if (left && !this.fixed.has(left)) this.close(left);
  }

  close(id: string): void {
    this.open = this.open.filter((other) => other !== id);
    this.fixed.delete(id);
    this.recent = this.recent.filter((other) => other !== id);
    if (this.current === id) this.current = this.recent[0] ?? this.open.at(-1) ?? null;
  }

  togglePin(id: string): void {
    if (!this.open.includes(id)) return;
    if (this.fixed.has(id)) this.fixed.delete(id);
    else this.fixed.add(id);
    this.dropLoose(id);
  }

  /** Those that a width of `fits` panes shows, in order: the focused and the latest before it. */
  visible(fits: number): string[] {
    const room = Math.max(1, fits);
    const ranked = [...this.recent, ...this.open.filter((id) => !this.recent.includes(id))];
    const shown = new Set(ranked.filter((id) => this.open.includes(id)).slice(0, room));
    return this.open.filter((id) => shown.has(id));
  }

  private place(id: string): void {
    const loose = this.open.findIndex((other) => !this.fixed.has(other));
    if (loose < 0 && this.open.length < MOST_PANES) this.open = [...this.open, id];
    else this.replace(loose < 0 ? Math.max(0, this.open.indexOf(this.current ?? "")) : loose, id);
  }

  private replace(at: number, id: string): void {
    const gone = this.open[at] ?? "";
    this.fixed.delete(gone);
    this.recent = this.recent.filter((other) => other !== gone);
    this.open = this.open.map((other, i) => (i === at ? id : other));
  }

  /** Only one pane is loose at a time. */
  private dropLoose(kept: string): void {
    const loose = this.open.filter((id) => !this.fixed.has(id));
    if (loose.length < 2) return;
    for (const id of loose) if (id !== kept) this.close(id);
  }
}
