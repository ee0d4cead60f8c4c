/** Swedish texts for what is the citizen's own: numbers they should keep, leaving in a hurry, their copy of the talk, their voice. */

export const privacyTexts = {
  found: {
    personal: "Det ser ut som att du har skrivit ett personnummer.",
    card: "Det ser ut som att du har skrivit ett kortnummer.",
    phone: "Det ser ut som att du har skrivit ett telefonnummer.",
  },
  notNeeded: "Ingen behöver det i chatten. Skickar du det ändå döljer vi det innan det sparas.",
  callMe: "Bli uppringd på numret",
  without: "Skicka utan numret",
  anyway: "Skicka som det står",
  change: "Ändra texten",
  removed: "[nummer borttaget]",
  hidden: (kinds: string) => `Dolt innan det sparades: ${kinds}.`,
  kinds: {
    personal: "personnummer", card: "kortnummer", account: "kontonummer", phone: "telefonnummer", email: "e-postadress",
    address: "adress", name: "namn",
  },
};

export const leaveTexts = {
  button: "Lämna sidan snabbt",
  help: "Samtalet försvinner från den här fliken och en vädersida öppnas.",
  traces: "Så tar du bort spåren",
  steps: [
    "Ta bort sidan ur webbläsarens historik. På datorn öppnar du historiken med Ctrl och H, på telefonen i webbläsarens meny.",
    "Välj ett privat fönster nästa gång. Då sparas inte vilka sidor du har läst.",
    "Är du rädd att någon ser vad du gör på din telefon eller dator? Använd en annan, till exempel på biblioteket.",
  ],
};

export const transcriptFileTexts = {
  save: "Spara samtalet",
  print: "Skriv ut samtalet",
  title: (municipality: string) => `Samtal med ${municipality}`,
  savedAt: (when: string) => `Sparat ${when}`,
  number: (id: string) => `Samtalets nummer: ${id}`,
  fileName: "samtal",
};

export const speechTexts = {
  start: "Tala in din fråga",
  stop: "Sluta lyssna",
  listening: "Lyssnar. Tala nu.",
  notice: "Webbläsaren gör om ditt tal till text. Ljudet kan skickas till företaget bakom webbläsaren, men inte till oss.",
  agree: "Börja tala",
  failed: "Jag kunde inte höra dig. Försök igen eller skriv din fråga.",
};

export const eraseTexts = {
  button: "Radera samtalet",
  ask: "Radera samtalet? Det som du och AI-assistenten har skrivit tas bort hos kommunen. Det går inte att ångra.",
  yes: "Ja, radera",
  done: "Samtalet är raderat. Skriv om du vill börja ett nytt.",
  failed: "Samtalet kunde inte raderas. Kontrollera nätet och försök igen.",
};
