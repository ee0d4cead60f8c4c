import { css, html, LitElement } from "lit";
import { state } from "lit/decorators.js";
import { define } from "./define";

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
      overflow: hidden; clip-path: inset(50%); white-space: pre-wrap;
    }
  `;

  @state() private slots: [string, string] = ["", ""];
  private turn: 0 | 1 = 0;
  private queue: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    if (!text) return;
    this.queue.push(text);
    if (!this.timer) this.next();
  }

  private next(): void {
    const text = this.queue.splice(0).join("\n");
    this.turn = this.turn === 0 ? 1 : 0;
    this.slots = this.turn === 0 ? [text, ""] : ["", text];
    this.timer = text ? setTimeout(() => this.next(), KEEP_MS) : undefined;
  }

  override render() {
    return html`
      <div aria-live="polite" aria-atomic="true">${this.slots[0]}</div>
      <div aria-live="polite" aria-atomic="true">${this.slots[1]}</div>
    `;
  }
}

define("kommun-announcer", Announcer);
