"""What agents do together: who is there, handing on, and what they write to each other."""

from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field, model_validator
from starlette.requests import HTTPConnection

from connectors.accounts.endpoints import check_origin
from connectors.conversation.endpoints import Moved
from connectors.desk.endpoints import (
    MOVING,
    PATH,
    DeskOf,
    LoggedInAgent,
    errors,
    ways_in,
)
from connectors.desk.model import Note, NoteKind
from connectors.desk.noting import NoteWish, Noting
from connectors.desk.transferring import Transferring
from connectors.errors import (
    AgentNotFound,
    ConversationNotFound,
    DepartmentAway,
    IdReused,
    MessageEmpty,
    MessageTooLong,
    NoCapacity,
)
from connectors.http import Body
from connectors.queue.model import Colleague, DepartmentView

router = APIRouter(prefix=PATH, tags=["desk"], dependencies=[Depends(check_origin), *ways_in])


class Transfer(Body):
    move_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    to: str | None = Field(None, max_length=64, description="the colleague's username")
    department: str | None = Field(None, max_length=64, description="the department's id, instead")
    note: str = Field(max_length=50_000, description="what they need to know")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.to is None) == (self.department is None):
            raise ValueError("either `to` or `department`")
        return self


class NewNote(Body):
    note_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    kind: NoteKind = NoteKind.NOTE
    text: str = Field(max_length=50_000)
    department: str | None = Field(None, max_length=64, description="asked, or answering")


class Notes(BaseModel):
    """What agents have written to each other, oldest first."""

    notes: list[Note]


class Departments(BaseModel):
    """Every department, in the municipality's order."""

    departments: list[DepartmentView]


class Colleagues(BaseModel):
    """Every agent, by name."""

    colleagues: list[Colleague]


def get_noting(connection: HTTPConnection) -> Noting:
    found: Noting = connection.app.state.noting
    return found


def get_transferring(connection: HTTPConnection) -> Transferring:
    found: Transferring = connection.app.state.transferring
    return found


NotingOf = Annotated[Noting, Depends(get_noting)]
TransferringOf = Annotated[Transferring, Depends(get_transferring)]


@router.get("/colleagues", responses=errors())
async def get_colleagues(_: LoggedInAgent, desk: DeskOf) -> Colleagues:
    """Return every agent: who is there, what they do, and how much they have."""
    return Colleagues(colleagues=await desk.presences.colleagues())


@router.get("/departments", responses=errors())
async def get_departments(_: LoggedInAgent, transferring: TransferringOf) -> Departments:
    """Return every department, and how many of its agents are at the desk."""
    return Departments(departments=await transferring.departments())


@router.post(
    "/conversations/{conversation_id}/transfer",
    responses=errors(
        *MOVING, AgentNotFound, DepartmentAway, NoCapacity, MessageEmpty, MessageTooLong
    ),
)
async def transfer(
    conversation_id: UUID, body: Transfer, agent: LoggedInAgent, transferring: TransferringOf
) -> Moved:
    """Ask a colleague or a department to take over. The citizen waits until somebody does."""
    go = transferring.to_department if body.department else transferring.to_colleague
    to = body.department or body.to or ""
    return Moved(status=await go(agent, conversation_id, to, body.note, body.move_id))


@router.get("/conversations/{conversation_id}/notes", responses=errors(ConversationNotFound))
async def get_notes(conversation_id: UUID, agent: LoggedInAgent, noting: NotingOf) -> Notes:
    """Return what agents have written to each other about the conversation."""
    return Notes(notes=await noting.list(agent, conversation_id))


@router.post(
    "/conversations/{conversation_id}/notes",
    status_code=201,
    responses={
        200: {"model": Note, "description": "Stored before."},
        **errors(ConversationNotFound, IdReused, MessageEmpty, MessageTooLong),
    },
)
async def add_note(
    conversation_id: UUID,
    body: NewNote,
    response: Response,
    agent: LoggedInAgent,
    noting: NotingOf,
) -> Note:
    """Write something that only agents see: for each other, or to a department."""
    wish = NoteWish(body.note_id, body.kind, body.text, body.department)
    note, new = await noting.add(agent, conversation_id, wish)
    response.status_code = 201 if new else 200
    return note
