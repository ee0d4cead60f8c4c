/** Every Swedish text that the browser shows. Another language is another file of this shape. */

import { eraseTexts, leaveTexts, privacyTexts, speechTexts, transcriptFileTexts } from "./sv-privacy";
import { handoverTexts, reportTexts, surveyTexts, waitingTexts } from "./sv-waiting";

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** Marked pure where called, so that the loader is built without the texts it does not show. */
const extend = <A extends object, B extends object>(base: A, more: B): A & B => ({ ...base, ...more });

export const launcherTexts = {
  region: "Chatt",
  open: "Fråga kommunen",
  resume: "Fortsätt chatten",
  unread: (n: number) => count(n, "nytt meddelande", "nya meddelanden"),
  failed: "Chatten kunde inte öppnas. Kontrollera nätet och försök igen.",
};

export const transcriptTexts = {
  /** How dates and times are written. */
  locale: "sv-SE",
  you: "Du",
  bot: "AI-assistenten",
  citizen: "Invånaren",
  agent: (name: string) => `${name}, kommunvägledare (människa)`,
  agentUnnamed: "Kommunvägledare (människa)",
  municipality: "Kommunen",
  steps: "Det här behöver du göra",
  links: "Gå vidare",
  source: "Källa:",
  reviewed: (date: string) => `granskad ${date}`,
  foreign: "öppnas i ny flik",
  more: "Visa fler träffar",
  unsure: "Jag är inte helt säker. Kontrollera gärna på sidan.",
  helped: "Hjälpte svaret?",
  yes: "Ja",
  no: "Nej",
  thanks: "Tack!",
  thanksNo: "Tack! Skriv gärna frågan på ett annat sätt, eller prata med en person.",
  notice: "Just nu:",
  people: "Kontakt",
  phone: "Telefon",
  email: "E-post",
  hours: "Telefontid",
  emergency: "Ring direkt",
  choices: "Välj det som stämmer bäst",
  chosen: "valt",
  sent: "Skickat",
  sending: "Skickar …",
  failed: "Inte skickat än. Vi försöker igen.",
  retry: "Försök nu",
  botTyping: "AI-assistenten skriver …",
  agentTyping: (name: string | null) => `${name ?? "Kommunvägledaren"} skriver …`,
};

export const widgetTexts = /* @__PURE__ */ extend(transcriptTexts, /* @__PURE__ */ extend(waitingTexts, {
  handover: handoverTexts,
  report: reportTexts,
  survey: surveyTexts,
  privacy: privacyTexts,
  leave: leaveTexts,
  erase: eraseTexts,
  transcript: transcriptFileTexts,
  speech: speechTexts,
  languages: "Språk",
  accessibility: "Om tillgänglighet",
  about: "Om AI-assistenten",
  panel: "Chatt med kommunen",
  header: (municipality: string) => `AI-assistent · ${municipality}`,
  headerPlain: "AI-assistent",
  isBot: "Svarar automatiskt och kan ha fel.",
  isHuman: (name: string) => `Du skriver med ${name}, kommunvägledare (människa).`,
  welcome: "Hej! Jag är kommunens AI-assistent. Vad vill du veta?",
  log: "Samtalet",
  start: "Vanliga frågor",
  examples: [
    "Behöver jag bygglov för en altan?",
    "Vad kostar förskolan?",
    "Hur beställer jag slamtömning?",
  ],
  crisis: "Viktigt:",
  notices: "Viktigt just nu",
  noticeShort: "Skriv inte personnummer eller känsliga uppgifter.",
  noticeMore: "Så hanterar vi det du skriver",
  noticeFull:
    "Samtalet sparas hos kommunen så länge kommunen har bestämt. Personnummer, telefonnummer och "
    + "adresser döljs innan det sparas. Det du skriver kan bli allmän handling. Inget skickas till andra företag. I webbläsaren sparas en nyckel till "
    + "samtalet, som försvinner när du stänger fliken.",
  composer: "Skriv din fråga",
  composerHelp: "Enter skickar. Skift och Enter ger ny rad.",
  send: "Skicka",
  person: "Prata med en person",
  close: "Stäng chatten",
  menu: "Meny",
  end: "Avsluta samtalet",
  restart: "Börja om",
  restartAsk: "Börja om? Samtalet avslutas och försvinner från den här fliken.",
  restartYes: "Ja, börja om",
  cancel: "Avbryt",
  contact: "Andra sätt att nå oss",
  call: (phone: string) => `Ring ${phone}`,
  mail: (email: string) => `Mejla ${email}`,
  ended: "Samtalet är avslutat. Skriv igen om du vill fortsätta med AI-assistenten.",
  reconnecting: "Ansluter igen …",
  reconnectingHelp: "Det du har skrivit är sparat här och skickas när kontakten är tillbaka.",
  connected: "Ansluten igen.",
  lost: "Det gamla samtalet finns inte kvar. Ett nytt börjar när du skickar.",
  left: (n: number) => `${count(n, "tecken", "tecken")} kvar`,
  tooLong: (length: number, max: number) =>
    `Texten är för lång: ${length} av högst ${max} tecken. Korta den innan du skickar.`,
  refused: "Det gick inte att skicka. Texten ligger kvar, så att du kan ändra den.",
}));

/** Filled into the pages when they are built. */
export const pageTexts = {
  chatTitle: "Fråga kommunen – chatt",
  chatHeading: "Fråga kommunen",
  chatNoScript:
    "Chatten behöver JavaScript. Du kan ställa din fråga på en vanlig sida i stället. Där står "
    + "också telefonnummer och e-postadress.",
  chatNoScriptLink: "Ställ din fråga",
  deskTitle: "Kommunbot – samtal",
  deskNoScript: "Skrivbordet behöver JavaScript. Slå på det i webbläsaren och ladda om sidan.",
  editorTitle: "Kommunbot – redaktör",
  editorNoScript: "Redaktörssidan behöver JavaScript. Slå på det i webbläsaren och ladda om sidan.",
  recordsTitle: "Kommunbot – handlingar",
  recordsNoScript: "Sidan för handlingar behöver JavaScript. Slå på det i webbläsaren och ladda om sidan.",
};

export type LauncherTexts = typeof launcherTexts;
export type TranscriptTexts = typeof transcriptTexts;
export type WidgetTexts = typeof widgetTexts;
