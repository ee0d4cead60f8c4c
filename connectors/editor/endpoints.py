"""The editor's API. Who acts comes from the login only, never from what is sent."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from fastapi.security import APIKeyCookie
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from bot.faq.checking.model import Finding
from connectors.accounts.cookies import LoginCookie
from connectors.accounts.endpoints import AccountsOf, DoorOf, Login, check_origin
from connectors.accounts.model import Account, Role
from connectors.editor.model import (
    MAX_NOTE,
    MAX_QUESTION,
    PRINTABLE,
    Asked,
    Author,
    Draft,
    EntryFull,
    EntryLine,
    FileLine,
    Publication,
)
from connectors.editor.service import Editor, Wish
from connectors.errors import (
    ApiError,
    Blocked,
    ContentInvalid,
    EditorUnavailable,
    EntryNotFound,
    IdReused,
    LoginFailed,
    LoginLimited,
    NeedsConfirmation,
    NotLoggedIn,
    OriginNotAllowed,
    PublicationNotFound,
    VersionConflict,
    documented,
)
from connectors.http import Body

PATH = "/api/editor"
COOKIE = LoginCookie("kommunbot_editor", PATH)
cookie = APIKeyCookie(name=COOKIE.name, auto_error=False, description="set by login")

router = APIRouter(prefix=PATH, tags=["editor"], dependencies=[Depends(check_origin)])


class Who(BaseModel):
    """An editor's public self."""

    username: str
    name: str


class EditorLoggedIn(BaseModel):
    """Who is logged in."""

    editor: Who


class Entries(BaseModel):
    """Every entry that is live, and what was changed in the files but may not go live."""

    entries: list[EntryLine]
    content: str = Field(description="a hash of what is live")
    faults: list[Finding]


class FileList(BaseModel):
    """Every file of entries."""

    files: list[FileLine]


class CheckedDraft(BaseModel):
    """What is wrong in a draft, and the draft as YAML and as fields."""

    findings: list[Finding]
    yaml: str
    fields: dict[str, Any] | None
    line: int = Field(description="of the entry in its file: a finding's line less this, plus 1")


class PreviewedDraft(BaseModel):
    """What a draft would change in the bot's answers; no preview while it has errors."""

    findings: list[Finding]
    preview: dict[str, Any] | None


class Question(Body):
    draft: Draft | None = None
    question: str = Field(min_length=1, max_length=MAX_QUESTION)


class Answers(BaseModel):
    """What the bot says now, and what it would say."""

    live: Asked
    draft: Asked | None


class Wished(Body):
    id: UUID = Field(description="made by the client, so that a repeat is harmless")
    note: str = Field("", max_length=MAX_NOTE, pattern=r"^[^\x00]*$")
    confirmed: bool = Field(False, description="the editor has seen the preview and means it")

    def wish(self, told: str) -> Wish:
        return Wish(self.id, self.note, self.confirmed, told)


class NewPublication(Wished):
    draft: Draft


class Removal(Wished):
    version: str = Field(max_length=64, description="the one that was opened")


class Rollback(Wished):
    pass


class Publications(BaseModel):
    """What was published, newest first."""

    publications: list[Publication]


class FullPublication(BaseModel):
    """A publication with what the entry said before it and after it."""

    publication: Publication
    before: str | None
    after: str | None


def get_editor(connection: HTTPConnection) -> Editor:
    found: Editor = connection.app.state.editor
    return found


EditorOf = Annotated[Editor, Depends(get_editor)]
Token = Annotated[str | None, Depends(cookie)]


async def get_account(token: Token, accounts: AccountsOf) -> Account:
    """Raises NotLoggedIn."""
    return await accounts.whose(token, Role.EDITOR)


LoggedInEditor = Annotated[Account, Depends(get_account)]


def errors_of(*more: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    """Return OpenAPI's `responses` of an address that only an editor may use."""
    return documented(NotLoggedIn, OriginNotAllowed, *more)


def _publishing(*more: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    return {
        200: {"model": Publication, "description": "Published before."},
        **errors_of(
            *more,
            EntryNotFound,
            VersionConflict,
            NeedsConfirmation,
            Blocked,
            IdReused,
            ContentInvalid,
            EditorUnavailable,
        ),
    }


@router.post("/login", responses=documented(LoginFailed, LoginLimited, OriginNotAllowed))
async def login(body: Login, door: DoorOf) -> EditorLoggedIn:
    """Log in; the answer sets the editor's cookie."""
    return _logged_in(await door.enter(body, COOKIE, Role.EDITOR))


@router.post("/logout", status_code=204, responses=documented(OriginNotAllowed))
async def logout(token: Token, door: DoorOf) -> None:
    """Log out; the token is worth nothing any longer."""
    await door.leave(token, COOKIE)


@router.get("/me", responses=errors_of())
async def me(account: LoggedInEditor) -> EditorLoggedIn:
    """Tell who is logged in."""
    return _logged_in(account)


@router.get("/entries", responses=errors_of())
async def get_entries(_: LoggedInEditor, editor: EditorOf) -> Entries:
    """Return every entry that is live, and the faults of files that are not."""
    lines, content, faults = await editor.entries()
    return Entries(entries=lines, content=content, faults=faults)


@router.get("/files", responses=errors_of())
async def get_files(_: LoggedInEditor, editor: EditorOf) -> FileList:
    """Return the files that a new entry can be put in."""
    return FileList(files=await editor.files())


@router.get("/entries/{entry_id}", responses=errors_of(EntryNotFound))
async def get_entry(entry_id: str, _: LoggedInEditor, editor: EditorOf) -> EntryFull:
    """Return an entry to change."""
    return await editor.entry(entry_id)


@router.post("/drafts/check", responses=errors_of(EntryNotFound))
async def check_draft(draft: Draft, _: LoggedInEditor, editor: EditorOf) -> CheckedDraft:
    """Say what is wrong in a draft, and turn fields into YAML and YAML into fields."""
    found = await editor.check(draft)
    return CheckedDraft(
        findings=found.findings, yaml=found.yaml, fields=found.fields, line=found.line
    )


@router.post("/drafts/preview", responses=errors_of(EntryNotFound, EditorUnavailable))
async def preview_draft(draft: Draft, _: LoggedInEditor, editor: EditorOf) -> PreviewedDraft:
    """Say what a draft would change in the bot's answers."""
    findings, preview = await editor.preview(draft)
    told = preview.model_dump(mode="json") if preview else None
    return PreviewedDraft(findings=findings, preview=told)


@router.post("/drafts/ask", responses=errors_of(EntryNotFound, ContentInvalid, EditorUnavailable))
async def ask_draft(body: Question, _: LoggedInEditor, editor: EditorOf) -> Answers:
    """Put a question to the bot as it is, and as it would be with a draft."""
    live, draft = await editor.ask(body.draft, body.question)
    return Answers(live=live, draft=draft)


@router.post("/publications", status_code=201, responses=_publishing())
async def publish(
    body: NewPublication, response: Response, account: LoggedInEditor, editor: EditorOf
) -> Publication:
    """Make a draft live. Nothing is overwritten that the editor has not seen."""
    wish = body.wish(f"publish {body.draft.model_dump_json()}")
    made, new = await editor.publish(Author.of(account), wish, body.draft)
    response.status_code = 201 if new else 200
    return made


@router.post("/entries/{entry_id}/remove", status_code=201, responses=_publishing())
async def remove(
    entry_id: str, body: Removal, response: Response, account: LoggedInEditor, editor: EditorOf
) -> Publication:
    """Take an entry away; one of the national pack is hidden."""
    wish = body.wish(f"remove {entry_id} {body.version}")
    made, new = await editor.remove(Author.of(account), wish, entry_id, body.version)
    response.status_code = 201 if new else 200
    return made


@router.get("/publications", responses=errors_of())
async def get_publications(
    _: LoggedInEditor,
    editor: EditorOf,
    entry: Annotated[str | None, Query(max_length=200, pattern=PRINTABLE)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Publications:
    """Return what was published, newest first; of one entry, or of all."""
    return Publications(publications=await editor.publications(entry, limit))


@router.get("/publications/{publication_id}", responses=errors_of(PublicationNotFound))
async def get_publication(
    publication_id: UUID, _: LoggedInEditor, editor: EditorOf
) -> FullPublication:
    """Return a publication with what the entry said before it and after it."""
    publication, before, after = await editor.publication(publication_id)
    return FullPublication(publication=publication, before=before, after=after)


@router.post(
    "/publications/{publication_id}/rollback",
    status_code=201,
    responses=_publishing(PublicationNotFound),
)
async def roll_back(
    publication_id: UUID,
    body: Rollback,
    response: Response,
    account: LoggedInEditor,
    editor: EditorOf,
) -> Publication:
    """Put back what the entry said before a publication."""
    wish = body.wish(f"rollback {publication_id}")
    made, new = await editor.roll_back(Author.of(account), wish, publication_id)
    response.status_code = 201 if new else 200
    return made


def _logged_in(account: Account) -> EditorLoggedIn:
    return EditorLoggedIn(editor=Who(username=account.username, name=account.name))
