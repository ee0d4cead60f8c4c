"""What editors may read of the rules that recognise danger; they change nothing here."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from bot.answering.model import Decision
from bot.errors import ContentError
from bot.safety.approval import approvals, lacking
from bot.safety.lexicon import EmergencyRule, Lexicon
from bot.settings import Settings
from bot.texts import SWEDISH, Texts
from connectors.accounts.endpoints import check_origin
from connectors.editor.endpoints import PATH, LoggedInEditor, errors_of
from connectors.errors import ContentInvalid
from connectors.http import Body

router = APIRouter(prefix=PATH, tags=["editor"], dependencies=[Depends(check_origin)])

Danger = Callable[[str], Decision | None]


class ShownPhone(BaseModel):
    """A number to call, and who answers."""

    number: str
    label: str


class ShownRule(BaseModel):
    """A rule as it stands in the files, with the text that the citizen gets in Swedish."""

    id: str
    text: str
    phones: list[ShownPhone]
    phrases: list[str] = Field(description="in Swedish")
    others: dict[str, list[str]] = Field(description="in other languages, by their code")
    harmless: list[str]

    @classmethod
    def of(cls, rule: EmergencyRule, lexicon: Lexicon, texts: Texts) -> "ShownRule":
        alarms = {code: list(said) for code, said in lexicon.alarms(rule).items()}
        phones = [ShownPhone(number=one, label=texts[f"phone_{one}"]) for one in rule.phones]
        return cls(
            id=rule.id,
            text=texts[rule.text],
            phones=phones,
            phrases=alarms.pop(SWEDISH),
            others=alarms,
            harmless=list(lexicon.harmless(rule)),
        )


class ShownApproval(BaseModel):
    """Who stands for a part of the rules and texts, and since when."""

    part: str = Field(description="a language by its code, or `regler`: their order and numbers")
    name: str
    at: datetime


class Safety(BaseModel):
    """The rules on disk, in the order in which they are tried."""

    rules: list[ShownRule]
    groups: dict[str, list[str]]
    approvals: list[ShownApproval]
    lacking: list[str] = Field(description="the parts that two people have not approved")


class Sentence(Body):
    text: str = Field(min_length=1, max_length=2000)


class Raised(BaseModel):
    """The rule that a sentence raises; null where it raises none."""

    rule: str | None
    language: str | None = None
    text: str | None = None


def get_danger(connection: HTTPConnection) -> Danger:
    found: Danger = connection.app.state.danger
    return found


@router.get("/safety", responses=errors_of(ContentInvalid))
async def get_safety(_: LoggedInEditor, connection: HTTPConnection) -> Safety:
    """Return the rules that recognise danger, and who has approved them."""
    state = connection.app.state
    try:
        return await run_in_threadpool(_safety, state.settings, state.texts)
    except ContentError as error:
        finding = {"level": "fel", "text": str(error)}
        raise ContentInvalid(findings=[finding]) from error


@router.post("/safety/try", responses=errors_of())
async def try_sentence(
    body: Sentence, _: LoggedInEditor, danger: Annotated[Danger, Depends(get_danger)]
) -> Raised:
    """Tell which rule a sentence raises in the running system. Stores and logs nothing."""
    decision = await run_in_threadpool(danger, body.text)
    if decision is None:
        return Raised(rule=None)
    return Raised(rule=decision.topic, language=decision.language, text=decision.text)


def _safety(settings: Settings, texts: Texts) -> Safety:
    lexicon, given = Lexicon.load(settings.data_dir), approvals(settings.data_dir)
    return Safety(
        rules=[ShownRule.of(rule, lexicon, texts) for rule in lexicon.rules],
        groups={name: list(words) for name, words in lexicon.groups.items()},
        approvals=[
            ShownApproval(part=part, name=one.name, at=one.at)
            for part, ones in given.items()
            for one in ones
        ],
        lacking=list(lacking(given)),
    )
