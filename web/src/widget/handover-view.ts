import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icons } from "../shared/icons";
import { linkView, orderedView } from "../shared/markup-view";
import { phoneAddress } from "../shared/safe-url";
import type { ErrandKind, Handover } from "../shared/types";
import type { WidgetTexts } from "../texts/sv";
import type { Chat } from "./chat";
import type { ErrandForm } from "./errand-form";
import { sending } from "./handover-card";

export interface HandoverUse {
  wait(): void;
  fillIn(kind: ErrandKind): void;
  send(): void;
  /** From the fields back to where one came from. */
  back(): void;
  goOn(): void;
  /** Put where the device is into the place of a report. */
  locate(): void;
}

type Report = NonNullable<ErrandForm["report"]>;

type View = TemplateResult | typeof nothing;

/** The card with the ways to a person; where one is chosen, its fields; then that it is on its way. */
export function handoverView(chat: Chat, use: HandoverUse): TemplateResult {
  const t = chat.texts.texts.handover;
  const { outbox } = chat.conversation;
  const underway = sending(outbox.entries);
  const { form } = chat.card;
  return html`<section class="handover" aria-labelledby="handover-heading">
    <h3 id="handover-heading" tabindex="-1">${form && !underway ? headingOf(form, chat.texts.texts) : t.heading}</h3>
    ${underway ? underwayView(underway, outbox.failing, () => outbox.retry(), chat.texts.texts)
      : form ? formView(chat, form, use) : choicesView(chat, use)}
  </section>`;
}

function headingOf({ kind, report }: ErrandForm, t: WidgetTexts): string {
  return report ? t.report.heading : t.handover.headings[kind];
}

/** What the card says first; empty while it is not known. */
export function handoverLine({ card, texts: { texts: { handover: t } } }: Chat): string {
  return card.info?.text ?? (card.failed ? t.unknown : "");
}

function underwayView(way: "hand_off" | ErrandKind, failing: boolean, retry: () => void, t: WidgetTexts): TemplateResult {
  const text = way === "hand_off" ? t.handover.joining : t.handover.sending[way];
  return html`<p role="status">${failing ? t.failed : text}</p>
    ${failing ? html`<button type="button" class="button" @click=${retry}>${t.retry}</button>` : nothing}`;
}

function choicesView(chat: Chat, use: HandoverUse): TemplateResult {
  const { card, info, texts: { texts: { handover: t } } } = chat;
  if (!card.info && !card.failed) return html`<p>${t.loading}</p>`;
  return html`<p dir="auto">${orderedView(handoverLine(chat))}</p>
    ${card.info ? nothing : phoneView(info?.phone ?? "", t.unknownCall)}
    <ul class="options">
      ${card.info?.open ? html`<li><button type="button" class="button primary" @click=${use.wait}>${icons.clock}${t.wait}</button></li>` : nothing}
      ${card.info ? optionView(t.callback, promise("callback", card.info, t), icons.phone, () => use.fillIn("callback")) : nothing}
      ${optionView(t.errand, promise("errand", card.info, t), icons.mail, () => use.fillIn("errand"))}
      <li><button type="button" class="button quiet" @click=${use.goOn}>${icons.bot}${t.goOn}</button></li>
    </ul>`;
}

function optionView(label: string, help: string, icon: TemplateResult, choose: () => void): TemplateResult {
  return html`<li><button type="button" class="button" @click=${choose}>${icon}<span>${label}${help
    ? html`<span class="help">${help}</span>` : nothing}</span></button></li>`;
}

/** The municipality's phone, for when nothing else is known. */
function phoneView(phone: string, label: string): View {
  const href = phoneAddress(phone);
  return href ? html`<p>${label} <a class="call" href=${href}>${icons.phone}<bdi dir="ltr">${phone}</bdi></a></p>` : nothing;
}

function promise(kind: ErrandKind, info: Handover | null, t: WidgetTexts["handover"]): string {
  if (!info) return "";
  return kind === "callback" ? t.callbackPromise(info.callback_text) : t.errandPromise(info.errand_text);
}

function formView(chat: Chat, form: ErrandForm, use: HandoverUse): TemplateResult {
  const t = chat.texts.texts.handover;
  const promised = promise(form.kind, chat.card.info, t);
  const submit = (event: Event) => { event.preventDefault(); use.send(); };
  return html`<form class="errand" novalidate @submit=${submit}>
    ${promised ? html`<p dir="auto"><strong>${promised}</strong></p>` : nothing}
    ${form.report ? placeField(chat, form.report, use.locate) : nothing}
    ${form.report ? nothing : contactField(chat, form)}
    ${textField(chat, form)}
    ${form.report ? contactField(chat, form) : nothing}
    ${form.report?.eService ? html`<p class="help">${linkView(chat.texts.texts.report.photo, form.report.eService, chat.texts.texts.foreign)}</p>` : nothing}
    <div class="row"><button class="button primary">${form.report ? chat.texts.texts.report.send : t.send[form.kind]}</button>
      <button type="button" class="button" @click=${use.back}>${t.back}</button></div>
  </form>`;
}

/** Where the fault is: in words, or as the device says where it is when the citizen asks for it. */
function placeField({ card, texts: { texts: { report: t } } }: Chat, report: Report, locate: () => void): TemplateResult {
  const flawed = card.flaw === "place";
  const typed = (event: Event) => card.write({ report: { ...report, place: (event.target as HTMLInputElement).value } });
  return html`<label for="errand-place">${t.place}</label>
    <input id="errand-place" type="text" dir="auto" autocomplete="off" maxlength="200" aria-required="true" aria-invalid=${flawed ? "true" : "false"}
      aria-describedby="place-help place-problem" .value=${live(report.place)} @input=${typed}>
    <p id="place-help" class="help">${t.placeHelp}</p>
    <div id="place-problem" role="alert">${flawed ? html`<p class="problem">${t.placeMissing}</p>` : nothing}</div>
    ${"geolocation" in navigator ? html`<div class="row"><button type="button" class="button" @click=${locate}>${icons.pin}${t.here}</button>
      <span role="status" class="help">${card.locating === null ? "" : card.locating ? t.locating : t.notLocated}</span></div>` : nothing}`;
}

/** One field takes both ways to reach somebody; a callback only a phone. */
function contactField({ card, texts: { texts: { handover: t } } }: Chat, { kind, contact }: ErrandForm): TemplateResult {
  const flawed = card.flaw === "contact";
  const type = kind === "callback" ? "tel" : "text";
  const typed = (event: Event) => card.write({ contact: (event.target as HTMLInputElement).value });
  return html`<label for="errand-contact">${kind === "callback" ? t.phone : t.contact}</label>
    <input id="errand-contact" type=${type} dir=${kind === "callback" ? "ltr" : "auto"} autocomplete=${kind === "callback" ? "tel" : "email"} aria-required="true"
      aria-invalid=${flawed ? "true" : "false"} aria-describedby="contact-problem" .value=${live(contact)} @input=${typed}>
    <div id="contact-problem" role="alert">${flawed ? html`<p class="problem">${t.contactMissing[kind]}</p>` : nothing}</div>`;
}

function textField(chat: Chat, { kind, text, report }: ErrandForm): TemplateResult {
  const { card, hasWritten, maxLength, texts: { texts: t } } = chat;
  const needed = Boolean(report) || (kind === "errand" && !hasWritten);
  const flawed = card.flaw === "text";
  const label = report ? t.report.what : needed ? t.handover.question : t.handover.about;
  const typed = (event: Event) => card.write({ text: (event.target as HTMLTextAreaElement).value });
  return html`<label for="errand-text">${label}</label>
    <textarea id="errand-text" rows="2" dir="auto" maxlength=${maxLength} aria-required=${needed ? "true" : "false"}
      aria-invalid=${flawed ? "true" : "false"} aria-describedby="text-help text-problem" .value=${live(text)} @input=${typed}></textarea>
    <p id="text-help" class="help">${hasWritten ? t.handover.transcript : t.noticeShort}</p>
    <div id="text-problem" role="alert">${flawed ? html`<p class="problem">${report ? t.report.whatMissing : t.handover.questionMissing}</p>` : nothing}</div>`;
}
