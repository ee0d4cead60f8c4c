/** Every Swedish text that the browser shows. Another language is another file of this shape. */

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
  you: "Du",
  bot: "AI-assistenten",
  citizen: "Invånaren",
  agent: (name: string) => `${name}, kommunvägledare (människa)`,
  agentUnnamed: "Kommunvägledare (människa)",
  steps: "Det här behöver du göra",
  links: "Gå vidare",
  source: "Källa:",
  reviewed: (date: string) => `granskad ${date}`,
  foreign: "öppnas i ny flik",
  unsure: "Jag är inte helt säker. Kontrollera gärna på sidan.",
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

export const widgetTexts = /* @__PURE__ */ extend(transcriptTexts, {
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
  noticeShort: "Skriv inte personnummer eller känsliga uppgifter.",
  noticeMore: "Så hanterar vi det du skriver",
  noticeFull:
    "Samtalet sparas hos kommunen så länge det behövs för att svara dig. Det du skriver kan bli "
    + "allmän handling. Inget skickas till andra företag. I webbläsaren sparas en nyckel till "
    + "samtalet, som försvinner när du stänger fliken.",
  composer: "Skriv din fråga",
  composerHelp: "Enter skickar. Skift och Enter ger ny rad.",
  send: "Skicka",
  person: "Prata med en person",
  leaveQueue: "Lämna kön",
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
  queued: "Du står i kö till en kommunvägledare.",
  place: (n: number) => (n === 1 ? "Du står först i kön." : `Du står på plats ${n} i kön.`),
  queueHelp: "Du kan skriva mer medan du väntar. Kommunvägledaren ser hela samtalet.",
  ended: "Samtalet är avslutat. Skriv igen om du vill fortsätta med AI-assistenten.",
  reconnecting: "Ansluter igen …",
  reconnectingHelp: "Det du har skrivit är sparat här och skickas när kontakten är tillbaka.",
  connected: "Ansluten igen.",
  lost: "Det gamla samtalet finns inte kvar. Ett nytt börjar när du skickar.",
  left: (n: number) => `${count(n, "tecken", "tecken")} kvar`,
  tooLong: (length: number, max: number) =>
    `Texten är för lång: ${length} av högst ${max} tecken. Korta den innan du skickar.`,
  refused: "Det gick inte att skicka. Texten ligger kvar, så att du kan ändra den.",
});

export const deskTexts = /* @__PURE__ */ extend(transcriptTexts, {
  title: "Kommunbot – samtal",
  titleWaiting: (n: number) => `(${n}) i kö – Kommunbot`,
  product: "Kommunbot",
  heading: "Samtal",
  loading: "Hämtar …",
  login: "Logga in",
  loginHelp: "Logga in för att ta emot samtal från invånare.",
  username: "Användarnamn",
  password: "Lösenord",
  loginFailed: "Fel användarnamn eller lösenord. Försök igen.",
  loginUnreachable: "Servern svarar inte. Kontrollera nätet och försök igen.",
  loggedOut: "Du har loggats ut. Logga in igen. Det du hade skrivit är kvar.",
  logout: "Logga ut",
  lists: "Samtal och kö",
  mine: "Mina samtal",
  mineEmpty: "Du har inga samtal just nu.",
  queue: "Kön",
  queueEmpty: "Ingen väntar.",
  waiting: (n: number) => count(n, "väntar", "väntar"),
  waited: "Väntat",
  takeNext: "Ta nästa",
  take: "Ta samtalet",
  taking: "Tar samtalet …",
  preview: "Förhandsvisning. Invånaren ser inte att du läser.",
  unread: (n: number) => count(n, "oläst", "olästa"),
  noQuestion: "Ingen fråga än",
  pick: "Välj ett samtal i listan, eller ta nästa i kön.",
  shortcuts: "Alt + pil upp eller ned byter mellan dina samtal.",
  conversation: "Samtalet",
  log: "Det som har skrivits",
  composer: "Skriv till invånaren",
  composerHelp: "Enter skickar. Skift och Enter ger ny rad.",
  send: "Skicka",
  close: "Avsluta",
  closeAsk: "Avsluta samtalet? Invånaren kan sedan fortsätta med AI-assistenten.",
  closeYes: "Ja, avsluta",
  cancel: "Avbryt",
  returnToQueue: "Tillbaka till kön",
  returnToBot: "Lämna till AI-assistenten",
  citizenTyping: "Invånaren skriver …",
  back: "Till listan",
  dossier: "Underlag",
  dossierQuestion: "Frågan",
  dossierReason: "Varför AI-assistenten lämnade över",
  dossierPassages: "Bästa träffarna",
  dossierTried: "Det AI-assistenten försökte",
  dossierPage: "Invånaren var på sidan",
  dossierTopic: "Ämne",
  dossierLanguage: "Språk",
  dossierEmpty: "Inget underlag.",
  confidence: (percent: string) => `Säkerhet ${percent}`,
  outcomes: {
    answer: "svar", clarify: "motfråga", handoff: "överlämning", emergency: "nödläge",
    person_lookup: "kontaktuppgift", smalltalk: "småprat", oos: "utanför uppdraget",
  },
  languages: { sv: "svenska", en: "engelska", fi: "finska", ar: "arabiska", so: "somaliska", uk: "ukrainska" } as Record<string, string>,
  online: "Ansluten",
  polling: "Ansluten (reservväg)",
  connecting: "Ansluter igen …",
  connectingHelp: "Kontakten är bruten. Det du skickar sparas här och går i väg när den är tillbaka.",
  newInQueue: (question: string) => `Ny i kön: ${question}`,
  refused: "Det gick inte att skicka. Texten ligger kvar, så att du kan ändra den.",
  gone: "Samtalet är inte längre ditt eller är avslutat.",
  ended: "Samtalet är avslutat.",
  left: (n: number) => `${count(n, "tecken", "tecken")} kvar`,
  tooLong: (length: number, max: number) =>
    `Texten är för lång: ${length} av högst ${max} tecken. Korta den innan du skickar.`,
});

/** Filled into the pages when they are built. */
export const pageTexts = {
  chatTitle: "Fråga kommunen – chatt",
  chatHeading: "Fråga kommunen",
  chatNoScript:
    "Chatten behöver JavaScript. Ring eller mejla kommunens kontaktcenter i stället. Telefonnummer "
    + "och e-postadress står på kommunens webbplats under Kontakt.",
  deskTitle: "Kommunbot – samtal",
  deskNoScript: "Skrivbordet behöver JavaScript. Slå på det i webbläsaren och ladda om sidan.",
};

export type LauncherTexts = typeof launcherTexts;
export type TranscriptTexts = typeof transcriptTexts;
export type WidgetTexts = typeof widgetTexts;
export type DeskTexts = typeof deskTexts;
