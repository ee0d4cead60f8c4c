"""What editors are told of a risky edit, and why it is looked for."""

from typing import NamedTuple


class Rule(NamedTuple):
    """What editors read, whether it stops the edit, and why it is looked for."""

    text: str
    blocks: bool
    why: str


RULES: dict[str, Rule] = {
    "emergency_number_gone": Rule(
        "Svaret nämner inte längre {what}. Den som är i fara måste hitta numret. Lägg till det.",
        True,
        "somebody in danger finds no help; there is no good reason to leave it out in one step",
    ),
    "personal_number": Rule(
        "Svaret ser ut att ha ett personnummer: {what}. Ta bort det.",
        True,
        "the answer is public; a personal number in it is a breach of privacy",
    ),
    "unfinished": Rule(
        "Texten är inte klar: «{what}». Skriv klart den.",
        True,
        "a placeholder is never meant for citizens",
    ),
    "figure_unreviewed": Rule(
        "{before} blev {after}, men «granskad» är kvar på {reviewed}. Kontrollera uppgiften mot"
        " beslutet eller sidan, och ändra datumet.",
        False,
        "a slip of the finger looks like this; a checked change has a new date",
    ),
    "figure_gone": Rule(
        "Uppgiften {what} står inte längre i svaret. Stämmer det?",
        False,
        "fees and deadlines are what people ask for",
    ),
    "figure_against_page": Rule(
        "Svaret säger {after}, men sidan det hämtats från säger {before}. Ändra den som är fel.",
        False,
        "answer and source must agree; the page may be the one that is old",
    ),
    "figure_against_entry": Rule(
        "Svaret säger {after}, men {other} säger fortfarande {before}. Ändra båda.",
        False,
        "two answers that disagree are worse than one that is old",
    ),
    "turned": Rule(
        "Meningen säger nu tvärtom. Förut: «{before}» Nu: «{after}» Stämmer det?",
        False,
        "one lost «inte» turns advice into its opposite; but rules do change",
    ),
    "sentence_gone": Rule(
        "Ett villkor eller en upplysning är borta: «{what}» Stämmer det?",
        False,
        "exceptions and deadlines are often lost when a text is shortened",
    ),
    "contact_gone": Rule(
        "Kontaktvägen {what} står inte längre i svaret. Stämmer det?",
        False,
        "without it the citizen gets no further",
    ),
    "variable_gone": Rule(
        "{what} är borta ur texten. Skriv kommunens uppgifter som {{kommun.…}}, så följer de med"
        " när de ändras.",
        False,
        "a number written out stays old when the municipality changes it",
    ),
    "source_replaced": Rule(
        "Källan är utbytt: förut {before}, nu {after}. Är det den sidan som svaret bygger på?",
        False,
        "the source is what makes an answer trusted",
    ),
    "link_gone": Rule(
        "Länken till «{what}» är borta eller går någon annanstans. Stämmer det?",
        False,
        "the e-service is often the whole errand",
    ),
    "answer_cut": Rule(
        "Svaret är mindre än hälften så långt som förut. Är allt viktigt kvar?",
        False,
        "half an answer is often a paste that went wrong",
    ),
    "step_gone": Rule(
        "Steget «{what}» är borta. Kan man göra sitt ärende utan det?",
        False,
        "a missing step stops the citizen half way",
    ),
    "variants_gone": Rule(
        "{what} varianter är borta. Frågor som hittade hit kanske inte gör det längre.",
        False,
        "variants are how people find the answer",
    ),
    "variant_taken": Rule(
        "Varianten «{what}» får i dag sitt svar av «{other}». Ska den verkligen bli den här"
        " frågan?",
        False,
        "it takes questions from an entry that answers them",
    ),
    "variant_general": Rule(
        "Varianten «{what}» är ett ord som {other} andra frågor också använder. Skriv mer.",
        False,
        "one common word pulls questions of many subjects to one answer",
    ),
    "variant_elsewhere": Rule(
        "Varianten «{what}» liknar mer «{other}». Hör den hit?",
        False,
        "questions of another subject would get this answer",
    ),
    "ended": Rule(
        "Svaret slutar gälla {what}. Därefter visas det inte. Stämmer det?",
        False,
        "the bot goes silent on a date that may be a slip",
    ),
    "not_begun": Rule(
        "Svaret börjar gälla först {what}. Till dess visas det inte. Stämmer det?",
        False,
        "until then nobody gets the answer",
    ),
    "hidden": Rule(
        "Frågan döljs. Assistenten svarar inte längre på den. Stämmer det?",
        False,
        "the bot goes silent",
    ),
    "removed": Rule(
        "Frågan «{what}» tas bort. Assistenten svarar inte längre på den. Stämmer det?",
        False,
        "the bot goes silent",
    ),
    "risk_lowered": Rule(
        "Risken sänks från hög till låg. Då svarar assistenten även när den är mindre säker."
        " Stämmer det?",
        False,
        "wrong answers get likelier where they hurt",
    ),
    "audience": Rule(
        "Målgruppen ändras från {before} till {after}. Stämmer det?",
        False,
        "businesses and residents have different rules",
    ),
    "law_gone": Rule(
        "Lagrummet är ändrat: förut «{before}», nu «{after}». Stämmer det?",
        False,
        "the law is what the answer rests on",
    ),
    "other_subject": Rule(
        "Svaret handlar mer om «{other}» än om frågan. Har texten hamnat rätt?",
        False,
        "a paste into the wrong entry",
    ),
    "question_moved": Rule(
        "Frågan liknar nu mer «{other}» än sina egna varianter. Har den hamnat rätt?",
        False,
        "the question and its variants must ask for one thing",
    ),
    "other_language": Rule(
        "Svaret är inte på svenska. Andra språk skrivs under «oversattningar».",
        False,
        "those who ask in Swedish would get another language",
    ),
    "translation_gone": Rule(
        "Översättningen till {what} är borta. Stämmer det?",
        False,
        "those who ask in it get Swedish",
    ),
    "translation_behind": Rule(
        "Översättningen till {other} saknar {what}, som det svenska svaret har. Ändra den också.",
        False,
        "two languages that say different things",
    ),
    "reviewed_wrong": Rule(
        "«granskad» är {what}. Skriv den dag då någon kontrollerade svaret.",
        False,
        "a date in the future, or one that goes back, was not when somebody checked",
    ),
}
