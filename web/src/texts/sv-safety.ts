/** Swedish texts of the editors' page of the rules that recognise danger. */

export const safetyTexts = {
  safetyHelp:
    "Så känner assistenten igen fara för liv. Reglerna prövas uppifrån på varje meddelande, före allt annat. De ändras i mappen data/safety, en fil för varje språk, och gäller först när två personer har godkänt dem.",
  safetyNames: {
    sjalvmord: "Självmord", vald: "Våld", "barn-i-fara": "Barn i fara", brand: "Brand", livsfara: "Livsfara",
    forgiftning: "Förgiftning", hot: "Hot", forsvunnen: "Försvunnen",
  } as Record<string, string>,
  safetyLanguages: {
    sv: "svenska", en: "engelska", fi: "finska", ar: "arabiska", so: "somaliska", uk: "ukrainska", fa: "persiska",
  } as Record<string, string>,
  safetyParts: { regler: "reglernas ordning och nummer" } as Record<string, string>,
  safetyTry: "Pröva",
  safetySentence: "En mening som någon kan skriva",
  safetyTryHelp: "Säger vilken regel meningen väcker. Meningen sparas inte.",
  safetyTryButton: "Pröva meningen",
  safetyTrying: "Prövar …",
  safetyRaised: (rule: string, language: string) => `Larm: ${rule}, på ${language}. Invånaren får den här texten:`,
  safetyNone: "Inget larm. Meningen besvaras som vanligt.",
  safetyApprovals: "Vem har godkänt?",
  safetyApproved: "Godkänt av två personer.",
  safetyNotApproved: (parts: string) =>
    `Inte godkänt av två personer: ${parts}. Systemet startar inte om förrän det är gjort.`,
  safetyNobody: "Ingen har godkänt det som det står nu.",
  safetyBy: (name: string, day: string) => `${name}, ${day}`,
  safetyReading: "Så läser du en fras",
  safetySigns: [
    ["brinn*", "Orden som börjar så: brinner, brinnande."],
    ["jag … hoppa", "Högst fyra ord får stå emellan."],
    ["slår/slog", "Det ena eller det andra ordet."],
    ["[barn]", "Ett ord ur den gruppen. Grupperna står längst ner."],
    ["[barn] + bil + låst*", "Alla delarna, i vilken ordning som helst, nära varandra. Gäller inte bredvid ord ur gruppen inte_nu."],
    ["sin_fru", "Tecknet _ är ett mellanslag."],
    ["! brand", "Bara när det är hela meddelandet."],
  ] as const,
  safetyRules: "Reglerna",
  safetyTold: "Det här får invånaren",
  safetyPhrases: (n: number) => `Fraser på svenska (${n})`,
  safetyOthers: (language: string, n: number) => `Fraser på ${language} (${n})`,
  safetyHarmless: (n: number) => `Tas som ofarligt (${n})`,
  safetyGroups: "Ordgrupper",
};
