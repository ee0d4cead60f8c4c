/** Swedish texts of the editors' page of the chat's look. */

export const lookTexts = {
  lookHelp: "Chattens färger, hörn och plats på webbplatsen. Färger som är svåra att läsa går inte att spara.",
  lookModes: { light: "Ljust läge", dark: "Mörkt läge" },
  lookColours: {
    bar: "Listen och knappen", bar_end: "Listens andra ände", on_bar: "Text på listen",
    accent: "Knappar och val", on_accent: "Text på knappar",
  },
  lookAgainst: {
    bar: "listen", bar_end: "listens andra ände", on_bar: "texten på listen", accent: "knappen",
    on_accent: "texten på knappar", surface: "bubblan", page: "bakgrunden",
  },
  lookCheck: (ratio: string, against: string, demanded: string) => `Kontrast ${ratio} mot ${against}, minst ${demanded}.`,
  lookEnough: "Räcker.",
  lookTooLittle: "För lite. Gör den ena färgen mörkare eller den andra ljusare.",
  lookRefused: (colour: string, mode: string, ratio: string, demanded: string) =>
    `Utseendet är inte sparat. «${colour}» i ${mode.toLowerCase()} har kontrasten ${ratio} och behöver minst ${demanded}. Ändra färgen och spara igen.`,
  lookRadius: "Runda hörn, 0 till 32 bildpunkter",
  lookFont: "Typsnitt (valfritt)",
  lookFontHelp: "Namnet på ett typsnitt som webbplatsen redan laddar. Tomt betyder läsarens eget.",
  lookPosition: "Var knappen står",
  lookPositions: { hoger: "Till höger", vanster: "Till vänster" },
  lookPreview: (mode: string) => `Så ser chatten ut i ${mode.toLowerCase()}`,
  lookPreviewBar: "AI-assistent",
  lookPreviewQuestion: "När töms soporna?",
  lookPreviewAnswer: "Varannan vecka. Din dag står i e-tjänsten.",
  lookPreviewButton: "Skicka",
  lookPreviewOther: "Avbryt",
  lookSave: "Spara utseendet",
  lookSaving: "Sparar …",
  lookSaved: "Utseendet är sparat. Det syns på webbplatsen inom fem minuter.",
  lookUndo: "Ångra ändringarna",
};
