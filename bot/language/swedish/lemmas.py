"""simplemma as a spaCy component."""

import simplemma
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.tokens import Token

LEMMATIZER = "simplemma"


class GreedyLemmatizer(Lemmatizer):
    """Gives each word the base form that simplemma finds, compounds by their last part.

    It beats a trained lemmatizer on unseen compounds, which that one garbles
    («cykelbano»), and knows no part of speech: docs/reference/language-model.md.
    """

    @classmethod
    def get_lookups_config(cls, mode: str) -> tuple[list[str], list[str]]:
        """Return the tables that spaCy must load: none."""
        return [], []

    def greedy_lemmatize(self, token: Token) -> list[str]:
        """Return the one base form of `token`."""
        return [simplemma.lemmatize(token.text, lang="sv", greedy=True)]


@Language.factory(LEMMATIZER, assigns=["token.lemma"], default_score_weights={"lemma_acc": 1.0})
def _create(nlp: Language, name: str) -> GreedyLemmatizer:
    return GreedyLemmatizer(nlp.vocab, None, name, mode="greedy", scorer=lemmatizer_score)
