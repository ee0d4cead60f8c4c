const NEAR_PX = 80;
const MARGIN_PX = 12;

export interface Followed {
  /** What scrolls. */
  box: Element;
  /** The last thing in it that should be seen. */
  end: Element;
  /** What covers or borders the view's lower edge. */
  floor: Element;
}

/**
 * Keeps the newest message in view, unless the reader has scrolled up to read.
 *
 * A message taller than the view is shown from its start: the answer comes first in it. Works
 * whether the list, the panel or the whole page scrolls (small screens, 400 % zoom).
 */
export class Follower {
  private following = true;
  private tall = false;
  private shown: Element | null = null;

  constructor(private readonly look: () => Followed | null) {}

  /** Call when anything scrolls. */
  readonly scrolled = (): void => {
    const view = this.look();
    if (view) this.following = below(view) < NEAR_PX;
  };

  /** The reader's own action: show the end whatever was being read. */
  resume(): void {
    this.following = true;
    this.tall = false;
    this.shown = null;
  }

  /** Call after drawing; `newest` is the last message. */
  show(newest: Element | null): void {
    const view = this.look();
    if (!view || !this.following) return;
    if (newest === this.shown && this.tall) return; // being read from its start
    view.box.scrollTop += below(view);
    this.tall = newest !== null && this.toStart(view, newest);
    this.shown = newest;
  }

  /** Scroll back to the start of a message that does not fit; false when it does. */
  private toStart({ box }: Followed, newest: Element): boolean {
    const top = Math.max(0, box.getBoundingClientRect().top);
    const hidden = top + MARGIN_PX - newest.getBoundingClientRect().top;
    if (hidden > 0) box.scrollTop -= hidden;
    return hidden > 0;
  }
}

/** Pixels of the end that lie below the view. */
function below({ end, floor }: Followed): number {
  return end.getBoundingClientRect().bottom + MARGIN_PX - floor.getBoundingClientRect().top;
}

/** The view of a transcript with `.log`, `.typing` and `.foot`; `outer` scrolls when the log does not. */
export function followTranscript(root: ParentNode, outer: () => Element | null): Followed | null {
  const log = root.querySelector(".log");
  const end = root.querySelector(".typing");
  const floor = root.querySelector(".foot");
  const box = log && getComputedStyle(log).overflowY === "visible" ? outer() : log;
  return box && end && floor ? { box, end, floor } : null;
}
