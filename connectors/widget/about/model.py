"""The assistant's entry in a register of AI systems: what is shown on the page and as JSON."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from bot.about.measured import Measured
from bot.about.model import Own
from bot.about.running import Content, Model
from bot.answering.policy import AnswerPolicy
from bot.masking.model import Kind
from connectors.widget.about.keeping import Keeping


class Thresholds(BaseModel):
    """When the assistant answers, asks back and hands over. Probabilities from 0 to 1."""

    answer_at: float = Field(description="of being right, from which on it answers")
    answer_at_high_risk: float = Field(description="the same where a wrong answer can do harm")
    choose_at: float = Field(description="of a right one among them, to offer questions")
    about_us_at: float = Field(description="below which it is hardly the municipality's business")
    misses: int = Field(description="in a row, at the last of which a person takes over")

    @classmethod
    def of(cls, policy: AnswerPolicy) -> "Thresholds":
        low, high = policy.low, policy.high
        return cls(
            answer_at=low.answer_at,
            answer_at_high_risk=high.answer_at,
            choose_at=low.choose_at,
            about_us_at=low.about_us_at,
            misses=policy.misses,
        )


class Language(BaseModel):
    """A language that the chat speaks. `warned`: only somebody in danger is told in it."""

    code: str
    name: str
    warned: bool


class Software(BaseModel):
    """The program."""

    name: Literal["Kommunbot"] = "Kommunbot"
    version: str
    licence: Literal["MIT"] = "MIT"


class About(BaseModel):
    """Everything that the assistant tells of itself. What is not known is null, never guessed."""

    municipality: str
    software: Software
    kind: Literal["retrieval"] = Field(
        "retrieval", description="people write the answers, models find them"
    )
    generates_text: Literal[False] = False
    decides_about_people: Literal[False] = False
    danger_found_by: Literal["rules"] = "rules"
    own: Own | None = Field(description="what the municipality says; null until it has")
    languages: tuple[Language, ...]
    models: tuple[Model, ...]
    confidence: str | None = Field(description="version of the calibrated confidence")
    content: Content | None = Field(description="of the search index in use")
    thresholds: Thresholds
    quality: Measured | None
    quality_is_current: bool = Field(description="false: measured with other models than now")
    masked: tuple[Kind, ...] = Field(description="what is hidden in what is stored")
    keeping: Keeping
    told_others: tuple[str, ...] = Field(
        description="ids of the connections that get what is written, from the handover on"
    )
    dated: date = Field(description="the day of this answer")
