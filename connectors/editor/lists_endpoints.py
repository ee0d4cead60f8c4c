"""The editor's lists: what to look at, what is missing or proposed, what everybody must know."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import HTTPConnection

from bot.notices.model import Notice
from connectors.accounts.endpoints import check_origin
from connectors.editor.beginning import NewEntry
from connectors.editor.endpoints import PATH, EditorOf, LoggedInEditor, errors_of
from connectors.editor.gaps import Gaps, ShownGap
from connectors.editor.notices import NoticeBoard
from connectors.editor.proposals import Proposals, ShownProposal
from connectors.editor.review import Review, Reviews
from connectors.errors import (
    ContentInvalid,
    EditorUnavailable,
    GapNotFound,
    IdReused,
    InvalidRequest,
    NoticeNotFound,
    ProposalNotFound,
)
from connectors.http import Body
from connectors.now import utc_now

router = APIRouter(prefix=PATH, tags=["editor"], dependencies=[Depends(check_origin)])


class GapList(BaseModel):
    """Questions without a sure answer, put together, the most asked for first."""

    gaps: list[ShownGap]


class ProposalList(BaseModel):
    """Replies that agents have proposed and no editor has dismissed, the newest first."""

    proposals: list[ShownProposal]


class BoardLink(Body):
    title: str = Field(min_length=1, max_length=200)
    url: str = Field(pattern=r"^(/|https://)\S*$", max_length=500)


class BoardNotice(Body):
    """A notice as editors see it: past and coming ones too."""

    id: str = Field(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: str = Field("information", pattern=r"^(kris|information)$")
    text: str = Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")
    link: BoardLink | None = None
    starts: datetime
    ends: datetime | None = None
    topics: list[str] = Field(default_factory=list, max_length=50)
    pinned: bool = Field(False, description="before everything else: the same as kind kris")

    @classmethod
    def of(cls, notice: Notice) -> "BoardNotice":
        told = notice.model_dump()
        return cls.model_validate({**told, "pinned": notice.kind == "kris"})

    def notice(self) -> Notice:
        """Raises InvalidRequest where the times or topics cannot be."""
        told = self.model_dump(exclude={"pinned"})
        try:
            return Notice.model_validate(told)
        except ValidationError as error:
            fields = sorted({str(fault["loc"][0]) for fault in error.errors()})
            raise InvalidRequest(fields=fields) from error


class Board(BaseModel):
    """Every notice."""

    notices: list[BoardNotice]


def get_gaps(connection: HTTPConnection) -> Gaps:
    found: Gaps = connection.app.state.gaps
    return found


def get_proposals(connection: HTTPConnection) -> Proposals:
    found: Proposals = connection.app.state.proposals
    return found


def get_reviews(connection: HTTPConnection) -> Reviews:
    found: Reviews = connection.app.state.reviews
    return found


def get_board(connection: HTTPConnection) -> NoticeBoard:
    found: NoticeBoard = connection.app.state.board
    return found


GapsOf = Annotated[Gaps, Depends(get_gaps)]
ProposalsOf = Annotated[Proposals, Depends(get_proposals)]
BoardOf = Annotated[NoticeBoard, Depends(get_board)]


@router.get("/review", responses=errors_of())
async def get_review(
    _: LoggedInEditor, editor: EditorOf, reviews: Annotated[Reviews, Depends(get_reviews)]
) -> Review:
    """Return the entries that an editor should look at, by reason."""
    return await reviews.lists(await editor.content(), utc_now())


@router.get("/gaps", responses=errors_of(EditorUnavailable))
async def list_gaps(account: LoggedInEditor, gaps: GapsOf) -> GapList:
    """Return what citizens ask without getting a sure answer; who they are is hidden."""
    return GapList(gaps=await gaps.all(account, utc_now()))


@router.post("/gaps/{gap_id}/draft", responses=errors_of(GapNotFound, EditorUnavailable))
async def begin_entry(
    gap_id: str, account: LoggedInEditor, editor: EditorOf, gaps: GapsOf
) -> NewEntry:
    """Return a beginning of an entry with the ways in which citizens asked. Stores nothing."""
    return await gaps.draft(account, gap_id, await editor.files(), utc_now())


@router.get("/proposals", responses=errors_of(EditorUnavailable))
async def list_proposals(account: LoggedInEditor, proposals: ProposalsOf) -> ProposalList:
    """Return what agents have replied and proposed as answers; who the citizens are is hidden."""
    return ProposalList(proposals=await proposals.all(account))


@router.post(
    "/proposals/{proposal_id}/draft", responses=errors_of(ProposalNotFound, EditorUnavailable)
)
async def begin_from_proposal(
    proposal_id: UUID, account: LoggedInEditor, editor: EditorOf, proposals: ProposalsOf
) -> NewEntry:
    """Return a beginning of an entry with the reply as its answer. Stores nothing."""
    return await proposals.draft(account, proposal_id, await editor.files(), utc_now())


@router.post(
    "/proposals/{proposal_id}/dismiss", status_code=204, responses=errors_of(ProposalNotFound)
)
async def dismiss_proposal(
    proposal_id: UUID, account: LoggedInEditor, proposals: ProposalsOf
) -> None:
    """Take a proposal off the list; a repeat changes nothing."""
    await proposals.dismiss(account, proposal_id)


@router.get("/notices", responses=errors_of(ContentInvalid))
async def list_notices(_: LoggedInEditor, board: BoardOf) -> Board:
    """Return every notice, past and coming ones too."""
    return Board(notices=[BoardNotice.of(one) for one in await board.all()])


@router.post(
    "/notices",
    status_code=201,
    responses=errors_of(IdReused, ContentInvalid),
)
async def add_notice(
    body: BoardNotice, account: LoggedInEditor, board: BoardOf, response: Response
) -> BoardNotice:
    """Put up a notice. Its id is made by the client, so that a repeat is harmless."""
    return BoardNotice.of(await board.add(body.notice(), account))


@router.post("/notices/{notice_id}", responses=errors_of(NoticeNotFound, ContentInvalid))
async def change_notice(
    notice_id: str, body: BoardNotice, account: LoggedInEditor, board: BoardOf
) -> BoardNotice:
    """Change a notice; the one in the address counts."""
    notice = body.model_copy(update={"id": notice_id}).notice()
    return BoardNotice.of(await board.change(notice, account))


@router.post("/notices/{notice_id}/end", responses=errors_of(NoticeNotFound, ContentInvalid))
async def end_notice(notice_id: str, account: LoggedInEditor, board: BoardOf) -> BoardNotice:
    """Let a notice end now."""
    return BoardNotice.of(await board.end(notice_id, account))
