/** Swedish texts for the way to a person: the choices, the queue, and the end of a conversation. */

import type { Wait } from "../shared/types";

const minutes = (n: number) => (n === 1 ? "1 minut" : `${n} minuter`);

/** Text of an interval without more exactness than it has. */
function about({ shortest_min: shortest, longest_min: longest }: Wait): string {
  if (longest < 1) return "mindre än en minut";
  if (shortest < 1) return `upp till ungefär ${minutes(longest)}`;
  return shortest === longest ? `ungefär ${minutes(longest)}` : `ungefär ${shortest}–${minutes(longest)}`;
}

export const waitingTexts = {
  queued: "Du står i kö till en kommunvägledare.",
  place: (n: number) => (n === 1 ? "Du står först i kön." : `Du står på plats ${n} i kön.`),
  waitingTime: (wait: Wait) => `Väntetiden är ${about(wait)}.`,
  queueHelp: "Du kan skriva mer medan du väntar. Kommunvägledaren ser hela samtalet.",
  leaveQueue: "Lämna kön",
  insteadOfWaiting: "I stället för att vänta",
  callbackInstead: "Bli uppringd i stället",
  errandInstead: "Lämna som ärende",
  onHold: (agent: string | null) => `${agent ?? "Kommunvägledaren"} tar reda på något och är snart tillbaka.`,
  endedReopen: "Samtalet är avslutat.",
  endedReopenHelp: (agent: string | null) =>
    `Vill du fråga mer? Skriv igen, så fortsätter du med ${agent ?? "en kommunvägledare"}.`,
  reopen: (agent: string | null) => `Fortsätt prata med ${agent ?? "en kommunvägledare"}`,
  closing: (clock: string) => `Är du kvar? Samtalet avslutas klockan ${clock} om du inte svarar.`,
  closingHelp: "Skriv något eller tryck på «Jag är kvar», så fortsätter det.",
  closingLeft: (left: string) => `${left} kvar`,
  stay: "Jag är kvar",
};

export const handoverTexts = {
  heading: "Prata med en person",
  headings: { callback: "Bli uppringd", errand: "Lämna frågan som ett ärende" },
  loading: "Ser efter om någon kan svara …",
  unknown: "Vi kan inte se just nu om någon kan svara i chatten.",
  unknownCall: "Du kan ringa oss:",
  wait: "Vänta i chatten",
  callback: "Bli uppringd",
  callbackPromise: (when: string) => `Vi ringer dig ${when}.`,
  errand: "Lämna frågan som ett ärende",
  errandPromise: (when: string) => `Du får svar ${when}.`,
  goOn: "Fortsätt med AI-assistenten",
  back: "Tillbaka",
  joining: "Ställer dig i kön …",
  sending: { callback: "Skickar …", errand: "Skickar ärendet …" },
  phone: "Telefonnummer",
  contact: "E-post eller telefonnummer",
  about: "Vad gäller det? (frivilligt)",
  question: "Vad vill du ha hjälp med?",
  contactMissing: {
    callback: "Skriv ett telefonnummer med riktnummer, till exempel 070-123 45 67.",
    errand: "Skriv en e-postadress eller ett telefonnummer, så att vi kan svara dig.",
  },
  questionMissing: "Skriv vad du vill ha hjälp med.",
  transcript: "Det du har skrivit i chatten följer med.",
  send: { callback: "Ring mig", errand: "Lämna ärendet" },
  copy: (reference: string) => `Kopiera ${reference}`,
  copied: "Kopierat.",
  notCopied: "Det gick inte att kopiera. Skriv av numret.",
};

/** A fault in the municipality's streets, parks or buildings, told from the chat. */
export const reportTexts = {
  offer: "Anmäl felet här",
  heading: "Anmäl ett fel",
  place: "Var är felet?",
  placeHelp: "Skriv en adress eller beskriv platsen.",
  here: "Använd min plats",
  locating: "Letar efter var du är …",
  notLocated: "Det gick inte att se var du är. Skriv platsen i stället.",
  located: (coordinates: string) => `Min plats: ${coordinates}`,
  what: "Vad är fel?",
  placeMissing: "Skriv var felet är.",
  whatMissing: "Skriv vad som är fel.",
  photo: "Vill du skicka en bild? Gör anmälan i e-tjänsten.",
  send: "Skicka anmälan",
};

/** Asked once after a talk, never forced. */
export const surveyTexts = {
  offer: "Berätta hur det gick",
  heading: "Hur gick det?",
  ease: "Hur enkelt var det att få hjälp?",
  reach: "Hur enkelt var det att komma i kontakt med kommunen?",
  scale: ["Mycket svårt", "Ganska svårt", "Varken eller", "Ganska enkelt", "Mycket enkelt"],
  comment: "Hur kunde vi ha gjort det enklare? (frivilligt)",
  commentHelp: "Skriv inte personnummer eller känsliga uppgifter.",
  send: "Skicka svaren",
  skip: "Hoppa över",
  nothing: "Välj minst ett svar, eller hoppa över.",
  thanks: "Tack för dina svar!",
};
