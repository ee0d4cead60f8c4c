import { css, html, LitElement, nothing } from "lit";
import { state } from "lit/decorators.js";
import { define } from "./define";
import { dirOf } from "./languages";

/** What is spoken; `lang` where it is another language than what stands around. */
export interface Said { text: string; lang?: string | null }

const KEEP_MS = 1_500; // removed sooner, NVDA and TalkBack miss it

/**
 * Speaks to screen readers, once per text, without being seen.
 *
 * Apart from the visible log (which is for reading), because readers differ in what they say of a
 * log that changes. Two regions take turns so that the same text twice is spoken twice.
 */
export class Announcer extends LitElement {
  static override styles = css`
    div {
      position: absolute; width: 1px; height: 1px; margin: -1px;
      overflow: hidden; clip-path: inset(50%);
    }
    p { white-space: pre-wrap; }
  `;

  @state() private slots: [readonly Said[], readonly Said[]] = [[], []];
  private turn: 0 | 1 = 0;
  private queue: Said[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** One text, or its parts where they are in different languages. */
  say(what: string | readonly Said[]): void {
    const said = (typeof what === "string" ? [{ text: what }] : what).filter(({ text }) => text);
    if (!said.length) return;
    this.queue.push(...said);
    if (!this.timer) this.next();
  }

  private next(): void {
    const said = this.queue.splice(0);
    this.turn = this.turn === 0 ? 1 : 0;
    this.slots = this.turn === 0 ? [said, []] : [[], said];
    this.timer = said.length ? setTimeout(() => this.next(), KEEP_MS) : undefined;
  }

  override render() {
    return html`
      <div aria-live="polite" aria-atomic="true">${this.slots[0].map(saidView)}</div>
      <div aria-live="polite" aria-atomic="true">${this.slots[1].map(saidView)}</div>
    `;
  }
}

function saidView({ text, lang }: Said) {
  return html`<p lang=${lang ?? nothing} dir=${lang ? dirOf(lang) : "auto"}>${text}</p>`;
}

define("kommun-announcer", Announcer);
