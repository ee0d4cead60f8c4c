"""Hits made by hand, and what a search found of them."""

from bot.answering.policy import Candidate
from bot.retrieval.model import Document, Found, Hit
from tests.support.content import entry


def hit(document: Document, score: float = 1.0) -> Hit:
    numbers = {name: score for name in Hit.model_fields if name != "document"}
    return Hit.model_validate({**numbers, "document": document})


def found(*hits: Hit) -> Found:
    numbers = dict.fromkeys(Found.model_fields, 0)
    return Found.model_validate({**numbers, "language": "sv", "hits": hits})


def candidate(entry_id: str, confidence: float, *phrasings: str) -> Candidate:
    question, *variants = phrasings or ("Vad?",)
    return Candidate(hit(entry(entry_id, question, "Svar.", *variants)), confidence)
