"""Recognising an emergency by readable rules, and answering with a fixed, reviewed text."""

from collections.abc import Iterator
from pathlib import Path

from bot.answering.model import Decision, Outcome, Phone
from bot.safety.finding import Finder, Label
from bot.safety.lexicon import LANGUAGES, EmergencyRule, Lexicon
from bot.safety.phrases import pattern, plain, words_of
from bot.safety.slips import Slips
from bot.texts import Texts, said_in

THREAT = "hot"  # the rule whose conversations are held
_SMALL = "småord"  # the group of words that people write together with the next one


class EmergencyRules:
    """The rules of `data/safety`, in the order in which they are tried."""

    def __init__(self, lexicon: Lexicon, texts: Texts) -> None:
        self.groups, self.rules = lexicon.groups, lexicon.rules
        self._texts = texts
        harmless = [lexicon.harmless(rule) for rule in self.rules]
        self._harmless = [pattern(said, self.groups) if said else None for said in harmless]
        self._finder = Finder(_labelled(lexicon), self.groups)
        alarms = {word for said in lexicon.languages.values() for word in said.words()}
        ordinary = words_of((phrase for said in harmless for phrase in said), self.groups)
        self._slips = Slips(
            alarms, [*lexicon.alike, *ordinary], lexicon.spoken, self.groups.get(_SMALL, ())
        )

    @classmethod
    def load(cls, data_dir: Path) -> "EmergencyRules":
        """Read the rules and their phrases.

        Raises:
            ContentError: a file is missing or wrong. The bot does not start without it.
        """
        return cls(Lexicon.load(data_dir), Texts.load(data_dir))

    def check(self, text: str, talk: str | None = None) -> Decision | None:
        """Return what to say where `text` tells of an emergency. Never stores or logs it.

        It is said in the language of the phrase that was found: short cries for help tell a
        detector of languages little.

        Args:
            talk: the language of the talk so far.
        """
        said = plain(text)
        if heard := self._heard(said, talk):
            return heard
        mended = self._slips.mended(said)
        return self._heard(mended, talk) if mended != said else None

    def _heard(self, said: str, talk: str | None) -> Decision | None:
        heard = dict(self._alarms(said))
        if not heard:
            return None
        first = min(heard)
        threat = any(self.rules[place].id == THREAT for place in heard)
        return self._decision(self.rules[first], said_in(LANGUAGES[heard[first]], talk), threat)

    def _alarms(self, said: str) -> Iterator[Label]:
        """Yield each rule that holds, with the first language of its phrases."""
        for place in {place for place, _ in self._finder.labels(said)}:
            harmless = self._harmless[place]
            left = harmless.sub(" ", said) if harmless else said
            languages = [spoken for rule, spoken in self._finder.labels(left) if rule == place]
            if languages:
                yield place, min(languages)

    def _decision(self, rule: EmergencyRule, language: str, threat: bool) -> Decision:
        texts = self._texts.warning(language)
        return Decision(
            outcome=Outcome.EMERGENCY,
            text=texts[rule.text],
            text_language=texts.language,
            phones=tuple(
                Phone(label=texts[f"phone_{number}"], number=number) for number in rule.phones
            ),
            confidence=1.0,
            topic=rule.id,
            threat=threat,
            language=language,
        )


def _labelled(lexicon: Lexicon) -> Iterator[tuple[Label, str]]:
    for place, rule in enumerate(lexicon.rules):
        for language, phrases in lexicon.alarms(rule).items():
            yield from (((place, LANGUAGES.index(language)), phrase) for phrase in phrases)
