import type { ErrandKind } from "../shared/types";
import type { Chat } from "./chat";
import type { HandoverUse } from "./handover-view";
import { phaseOf } from "./phase";

/** What the ways need of the panel that they are drawn in. */
export interface Place {
  chat(): Chat;
  /** Show what is newest from now on. */
  resume(): void;
  /** Set the focus when the panel has been drawn. */
  focus(selector: string): void;
  focusComposer(): void;
}

/** The citizen's ways to a person: what their buttons do, and where the focus goes then. */
export class Ways implements HandoverUse {
  constructor(private readonly place: Place) {}

  readonly ask = (): void => {
    this.place.resume();
    this.card.open();
    this.place.focus("#handover-heading");
  };

  readonly fillIn = (kind: ErrandKind): void => {
    this.place.resume();
    this.card.fillIn(kind);
    this.place.focus("#errand-contact");
  };

  readonly fillInReport = (eService: string | null): void => {
    this.place.resume();
    this.card.fillInReport(eService);
    this.place.focus("#errand-place");
  };

  readonly callAt = (phone: string): void => {
    this.place.resume();
    this.place.chat().callAt(phone);
    this.place.focus("#errand-contact");
  };

  readonly locate = (): void => this.card.locate(this.place.chat().texts.texts.report.located);

  readonly wait = (): void => {
    this.place.resume();
    this.place.chat().wait();
    this.place.focusComposer();
  };

  readonly send = (): void => {
    this.place.resume();
    this.place.chat().leaveErrand();
    const { flaw } = this.card;
    if (flaw) this.place.focus(`#errand-${flaw}`);
    else this.place.focusComposer();
  };

  /** From the fields back: to the other ways, where those are what one came from. */
  readonly back = (): void => {
    const phase = phaseOf(this.place.chat().conversation.status);
    if (phase === "waiting" || phase === "active") return this.goOn();
    this.card.backToChoices();
    this.place.focus("#handover-heading");
  };

  readonly goOn = (): void => {
    this.place.chat().closeCard();
    this.place.focusComposer();
  };

  private get card() { return this.place.chat().card; }
}
