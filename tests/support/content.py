"""A handful of documents about a made-up municipality."""

from datetime import date

from bot.encoders.model import Encoder
from bot.retrieval.index import Index
from bot.retrieval.model import Document
from bot.retrieval.search import Search


def entry(entry_id: str, question: str, answer: str, *variants: str, **more: object) -> Document:
    return Document.model_validate(
        {
            "id": entry_id,
            "kind": "entry",
            "title": question,
            "text": answer,
            "variants": variants,
            "topic": entry_id.split("-", maxsplit=1)[0],
            "topic_title": entry_id.split("-", maxsplit=1)[0].capitalize(),
            "url": f"https://testby.example/{entry_id}/",
            "source_title": question,
            "reviewed": date(2026, 11, 10),
            **more,
        }
    )


DOCUMENTS = (
    entry(
        "bygglov-altan",
        "Behöver jag bygglov för en altan?",
        "En låg altan på marken behöver oftast inget bygglov.",
        "altan bygglov",
        "maste man ha lov for tradack",
        "veranda tillstånd",
    ),
    entry(
        "bygglov-kostnad",
        "Vad kostar ett bygglov?",
        "Avgiften beror på vad du bygger.",
        "pris bygglov",
        "hur mycket tar ni for bygglov",
        "bygglovsavgift",
    ),
    entry(
        "avfall-hamtning",
        "När töms soporna?",
        "Vi hämtar avfall varannan vecka.",
        "nar kommer sopbilen",
        "hämtdag soptunna",
        "sophämtning tider",
    ),
    entry(
        "avfall-kostnad",
        "Vad kostar sophämtningen?",
        "Grundavgiften är 3 420 kronor om året.",
        "pris soptunna",
        "sopavgift",
        "vad betalar jag for soporna",
    ),
    entry(
        "forskola-avgift",
        "Vad kostar förskolan?",
        "Du betalar enligt maxtaxan, högst 1 547 kronor i månaden.",
        "dagis pris",
        "maxtaxa",
        "forskoleavgift",
    ),
)


def search_over(documents: tuple[Document, ...], encoder: Encoder) -> Search:
    return Search(Index.build(documents, encoder), encoder)
