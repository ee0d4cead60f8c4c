import { html, LitElement, nothing, type PropertyValues } from "lit";
import { live } from "lit/directives/live.js";
import { property, query, state } from "lit/decorators.js";
import "../shared/announcer";
import "../shared/composer";
import type { Announcer } from "../shared/announcer";
import type { Composer } from "../shared/composer";
import { define } from "../shared/define";
import { dirOf, htmlLang, type Language } from "../shared/languages";
import { Follower, followTranscript } from "../shared/follow";
import { transcriptView, type Reading } from "../shared/message-view";
import { SWEDISH, textsFor, type Texts } from "../shared/texts";
import { base, tokens } from "../shared/tokens";
import { transcriptStyles } from "../shared/transcript-styles";
import type { Audience, ChatEvent, CitizenMove, Survey } from "../shared/types";
import { Chat } from "./chat";
import { copyText, copyView, type Copied } from "./copy-view";
import { HARMLESS_PAGE, needsQuickWayOut } from "./leaving";
import { wayOutView } from "./leaving-view";
import { handoverView } from "./handover-view";
import { hiddenView } from "./hidden-view";
import { ABOUT, headerView, menuView, type MenuUse } from "./header-view";
import { firstLanguage } from "./language";
import { newestOfBot, offered, offerView } from "./languages-view";
import { panelStyles } from "./panel-styles";
import type { Kind } from "./kind";
import { Menu } from "./menu";
import { noticesView } from "./notices-view";
import { phaseOf } from "./phase";
import { reportOffer } from "./report-offer";
import { isWarning, Speaker } from "./speaker";
import "./speech-box";
import { startView } from "./start-view";
import { actionsView, closesAt, closingView, connectionView, insteadView, statusView } from "./status-view";
import "./survey-form";
import type { SurveyForm } from "./survey-form";
import { Ticker } from "./ticker";
import { waitingStyles } from "./waiting-styles";
import { Ways } from "./ways";
import { withheldView } from "./withheld-view";

/**
 * The chat panel, loaded when the citizen first opens the chat.
 *
 * @attr language - BCP 47 tag of the texts
 * @attr greeting - a line of the page's own under the welcome
 * @attr audience - whom the page is for
 * @attr theme - `light`, `dark` or nothing for the reader's own setting
 * @attr leave-to - where the quick way out leads
 * @prop base - address of the gateway, with a slash at the end
 * @prop full - the panel is the page: nothing to close
 * @prop modal - the panel covers the page
 * @fires panel-close - the citizen wants the panel closed
 * @fires panel-unread - detail: number of messages that came while the panel was closed
 * @fires panel-language - another language is shown from now on
 */
export class Panel extends LitElement {
  static override styles = [tokens, base, transcriptStyles, panelStyles, waitingStyles];

  @property() base = "/";
  @property() language = "sv";
  @property() greeting = "";
  @property() audience: Audience = "privat";
  @property() kind: Kind = "citizen";
  @property({ attribute: "leave-to" }) leaveTo: string | null = null;
  @property({ type: Boolean }) full = false;
  @property({ type: Boolean }) modal = false;
  @property({ attribute: false }) shown = false;
  @state() private surveyOpen = false;
  @state() private copied: Copied | null = null;
  @query(".panel") private section!: HTMLElement;
  @query("kommun-announcer") private announcer!: Announcer;
  @query("kommun-survey") private survey!: SurveyForm | null;
  @query("kommun-composer") private composer!: Composer;
  private chat!: Chat;
  private firstTexts: Texts = SWEDISH;
  private unread = 0;
  private readonly follower = new Follower(() => followTranscript(this.renderRoot, () => this.section));
  private readonly ways = new Ways({
    chat: () => this.chat,
    resume: () => this.follower.resume(),
    focus: (selector) => void this.focusAfterDrawing(selector),
    focusComposer: () => this.composer.focus(),
  });
  private readonly speaker = new Speaker((what) => this.announcer?.say(what));
  private readonly menu = new Menu(this);
  private readonly ticker = new Ticker(() => this.requestUpdate());
  private toldLanguage = "";

  /** The first drawing waits for its language, so that nobody is shown another before. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) this.firstTexts = await textsFor(firstLanguage(this.base, this.language)) ?? SWEDISH;
    super.scheduleUpdate();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    this.chat ??= new Chat(this.base, this.firstTexts, {
      changed: () => this.requestUpdate(),
      heard: (events) => this.heard(events),
    });
    if (this.hasUpdated && changes.has("language")) void this.chat.followPage(this.language);
    this.chat.audience = this.audience;
    this.chat.kind = this.kind;
    this.surveyOpen &&= this.chat.asksHowItWas;
    if (changes.has("shown") && this.shown) this.setUnread(0);
  }

  /** What had the focus may be gone after drawing: it goes on to where the next step is. */
  protected override update(changes: PropertyValues<this>): void {
    const left = this.focused?.closest(".handover, .instead, .state");
    super.update(changes);
    if (!left || this.focused) return;
    (this.renderRoot.querySelector<HTMLElement>("#handover-heading") ?? this.composer).focus();
  }

  /** Begin or continue the chat; after this there is storage and traffic. */
  async start(): Promise<void> {
    await this.updateComplete;
    this.chat.open();
  }

  /** End all traffic; what is stored stays for the next panel of this tab. */
  stop(): void {
    this.chat?.stop();
    this.ticker.run(false);
  }

  async focusComposer(): Promise<void> {
    await this.updateComplete;
    await this.composer.updateComplete;
    this.composer.focus();
  }

  /** Note on which page the panel stands open, for the next page of this tab. */
  remember(openOn: string | null): void {
    this.chat.store.update({ openOn });
  }

  override render() {
    const { language, texts: t } = this.chat.texts;
    return html`
      <section class="panel" role=${this.modal ? "dialog" : "region"} aria-modal=${this.modal ? "true" : nothing}
        aria-label=${t.panel} lang=${htmlLang(language)} dir=${dirOf(language)} @keydown=${this.key} @scroll=${this.follower.scrolled}>
        ${headerView(this.chat, { full: this.full, menuOpen: this.menu.open, toggleMenu: this.menu.toggle, close: this.close })}
        ${this.menu.open ? menuView(this.chat, this.menuUse) : nothing}
        <div role="status">${noticesView(this.chat.notices, t, language)}</div>
        <div class="log" role="log" aria-live="off" aria-labelledby="log-heading" tabindex="0" @scroll=${this.follower.scrolled}>
          <h3 id="log-heading" class="hidden">${t.log}</h3>
          ${transcriptView(this.chat.events, { entries: this.chat.conversation.unsent, failing: this.chat.conversation.outbox.failing, retry: () => this.chat.conversation.outbox.retry() }, this.reading)}
          ${this.chat.isFresh ? startView(this.greeting, t, { about: this.chat.base + ABOUT, ask: (text) => this.send(text) }) : nothing}
          ${this.waysView}
          ${this.surveyOpen ? html`<kommun-survey .texts=${t} @survey=${this.takeSurvey}></kommun-survey>` : nothing}
          <p class="typing" role="status">${this.typingText}</p>
        </div>
        <div class="foot">
          ${connectionView(this.chat)}
          ${closingView(this.chat, this.stay)}
          ${statusView(this.chat, (move) => this.move(move), this.surveyOpen ? null : this.askHowItWas)}
          ${!this.menu.open && needsQuickWayOut(this.chat.events) ? wayOutView(this.leave, t) : nothing}
          ${withheldView(this.chat, { send: (text) => this.send(text), change: this.change, callAt: this.ways.callAt })}
          <div role="alert">${this.chat.alert ? html`<p class="alert">${this.chat.alert}</p>` : nothing}</div>
          <kommun-composer .texts=${t} .value=${live(this.chat.draft)} .max=${this.chat.maxLength}
            @draft=${(event: CustomEvent<string>) => this.chat.setDraft(event.detail)}
            @message=${(event: CustomEvent<string>) => this.submit(event.detail)}></kommun-composer>
          ${this.cardShows ? nothing : actionsView(this.chat, this.ways.ask, this.spoken)}
        </div>
        <kommun-announcer></kommun-announcer>
      </section>
    `;
  }

  override updated(): void {
    const { status } = this.chat.conversation;
    if (!this.chat.isFresh || this.chat.card.wanted) this.follower.show(this.newest);
    this.chat.card.follow(this.chat.conversation, this.shown);
    this.speaker.follow(this.chat, this.cardShows);
    this.ticker.run(this.shown && closesAt(status) !== null);
    this.tellLanguage();
  }

  /** What the reader came for: the card or the questions where they asked for them, else the last message. */
  private get newest(): Element | null {
    const wanted = this.chat.card.wanted ? ".handover" : this.surveyOpen ? "kommun-survey" : null;
    return (wanted && this.renderRoot.querySelector(wanted)) ?? [...this.renderRoot.querySelectorAll(".messages > li")].at(-1) ?? null;
  }

  private get focused(): Element | null { return (this.renderRoot as ShadowRoot).activeElement; }

  private get cardShows(): boolean { return this.chat.card.shows(this.chat.conversation); }

  /** The ways to a person, or the ways out of the queue. */
  private get waysView() {
    if (this.cardShows) {
      return handoverView(this.chat, this.ways);
    }
    return phaseOf(this.chat.conversation.status) === "waiting" ? insteadView(this.chat, this.ways.fillIn) : nothing;
  }

  private get menuUse(): MenuUse {
    return {
      asks: this.menu.asks, ask: (what) => void this.menu.ask(what), cancel: this.menu.close,
      end: this.end, restart: this.restart, erase: this.erase, leave: this.leave, speak: this.speak,
    };
  }

  private get reading(): Reading {
    const { events } = this.chat.conversation.log;
    const offer = offered(events, this.chat.texts.language);
    const newest = newestOfBot(events);
    return {
      ...this.chat.texts,
      own: "citizen",
      rating: {
        of: ({ seq }) => this.chat.ratingOf(seq),
        rate: ({ seq }, helpful) => this.chat.rate(seq, helpful),
      },
      offer: (message) => reportOffer(message, this.ways.fillInReport, this.chat.texts.texts),
      note: (message) => html`${copyView(message, this.chat.references, this.copied, this.copy, this.chat.texts.texts.handover)}${hiddenView(message, this.chat.texts.texts)}
        ${message.seq === newest ? offerView(offer, this.speak) : nothing}`,
      choose: this.chat.conversation.status?.state === "bot" ? ({ label, entry }) => this.send(label, entry) : null,
    };
  }

  private get typingText(): string {
    const { typing, status } = this.chat.conversation;
    if (!typing.who) return "";
    const { texts } = this.chat.texts;
    return typing.who === "bot" ? texts.botTyping : texts.agentTyping(status?.agent_name ?? null);
  }

  /** Send what was written; where it holds numbers that nobody needs, ask what to do with them. */
  private submit(text: string): void {
    this.follower.resume();
    this.chat.submit(text);
    this.requestUpdate();
    if (this.chat.withheld) void this.focusAfterDrawing("#withheld-heading");
    else this.composer.focus();
  }

  private send(text: string, choice: string | null = null): void {
    this.follower.resume();
    this.chat.send(text, choice);
    this.requestUpdate();
    this.composer.focus();
  }

  /** The button pressed may disappear with the move: focus goes on to where one writes. */
  private move(move: CitizenMove): void {
    this.follower.resume();
    this.chat.conversation.move(move);
    this.composer.focus();
  }

  private readonly change = (): void => { this.chat.drop(); this.composer.focus(); };

  /** What was said aloud goes where one writes; it is sent as anything else. */
  private readonly spoken = (text: string): void => {
    this.chat.setDraft([this.chat.draft, text].filter(Boolean).join(" "));
    this.requestUpdate();
    this.composer.focus();
  };

  private readonly askHowItWas = async (): Promise<void> => {
    this.follower.resume();
    this.surveyOpen = true;
    await this.updateComplete;
    await this.survey?.updateComplete;
    this.requestUpdate(); // it has its height now
    this.survey?.focus();
  };

  private readonly takeSurvey = ({ detail }: CustomEvent<Survey | null>): void => {
    this.chat.survey(detail);
    if (detail) this.announcer.say(this.chat.texts.texts.survey.thanks);
    this.composer.focus();
  };

  private readonly leave = (): void => this.chat.leaveFor(this.leaveTo ?? HARMLESS_PAGE);

  private readonly stay = (): void => {
    this.chat.conversation.stay();
    this.composer.focus();
  };

  /** What was pressed may be gone, and what stands there is read in the new language. */
  private readonly speak = async (language: Language): Promise<void> => {
    if (!(await this.chat.speak(language))) return;
    if (this.menu.open) this.menu.close();
    else this.composer.focus();
  };

  private readonly copy = async (reference: string): Promise<void> => {
    this.copied = { reference, worked: await copyText(reference) };
  };

  private async focusAfterDrawing(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  private heard(events: readonly ChatEvent[]): void {
    this.speaker.heard(events, this.chat);
    if (!this.shown) this.setUnread(this.unread + events.filter(wantsAttention).length);
  }

  private setUnread(unread: number): void {
    if (unread === this.unread) return;
    this.unread = unread;
    this.dispatchEvent(new CustomEvent("panel-unread", { detail: unread }));
  }

  /** The button that opens the chat speaks the same language. */
  private tellLanguage(): void {
    const { language } = this.chat.texts;
    if (language !== this.toldLanguage) this.dispatchEvent(new CustomEvent("panel-language"));
    this.toldLanguage = language;
  }

  private readonly end = (): void => {
    this.menu.set(false);
    this.move("close");
  };

  private readonly restart = (): void => {
    this.menu.set(false);
    this.chat.restart();
    this.composer.focus();
  };

  private readonly erase = async (): Promise<void> => {
    this.menu.set(false);
    this.composer.focus();
    if (await this.chat.erase()) this.announcer.say(this.chat.texts.texts.erase.done);
  };

  private readonly close = (): void => {
    this.menu.set(false);
    this.dispatchEvent(new CustomEvent("panel-close"));
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    if (this.menu.open) this.menu.close();
    else if (!this.full) this.close();
  };
}

/** What the button to a closed panel counts. */
function wantsAttention(event: ChatEvent): boolean {
  return event.type === "message" || isWarning(event);
}

define("kommun-chat-panel", Panel);
