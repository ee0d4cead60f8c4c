# a name such as AlreadyTaken says it; «Error» would add nothing
"""What the gateway answers when something is wrong: one shape, with the text that is shown.

    ApiError
    ├── MalformedBody 400       ├── AlreadyTaken 409        ├── MessageEmpty 422
    ├── NotLoggedIn 401         ├── ConversationClosed 409  ├── MessageTooLong 422
    ├── LoginFailed 401         ├── IdReused 409            ├── ChoiceNotOffered 422
    ├── OriginNotAllowed 403    ├── MoveNotAllowed 409      ├── InvalidRequest 422
    ├── ConversationNotFound 404├── NotYours 409            ├── LoginLimited 429
    ├── EntryNotFound 404       ├── VersionConflict 409     ├── NotAnAnswer 422
    │                           │                           ├── ContentInvalid 422
    ├── PublicationNotFound 404 ├── NeedsConfirmation 409   ├── InternalError 500
    ├── GapNotFound 404         │                           │
    ├── ProposalNotFound 404    │                           │
    ├── NoticeNotFound 404      ├── QueueClosed 409         │
    ├── AgentNotFound 404       ├── NoCapacity 409          │
    ├── ErrandNotFound 404      │                           │
    ├── ReplyNotFound 404       │                           │
    ├── RequestNotFound 404     ├── RequestClosed 409       ├── MarkOutside 422
    ├── HoldNotFound 404        ├── Withheld 409            │
    ├── NotFound 404            ├── Blocked 409             ├── EditorUnavailable 503
    │                           ├── CannotBeDeleted 409     │
    │                           ├── MustBeKept 409          │
    └── MethodNotAllowed 405    └── BodyTooLarge 413        └── Unavailable 503

The text of each is `error_<code>` in `data/texts`.
"""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from bot.texts import Texts


class ErrorBody(BaseModel):
    """The one shape of every error."""

    error: str = Field(description="a code that never changes with the language")
    text: str = Field(description="says what is wrong and what to do")
    agent_name: str | None = Field(None, description="who has the conversation, at a lost race")
    allowed: list[str] | None = Field(None, description="the moves that are allowed now")
    fields: list[str] | None = Field(None, description="the fields that are wrong")
    findings: list[dict[str, Any]] | None = Field(None, description="what is wrong in the content")
    preview: dict[str, Any] | None = Field(None, description="what an edit would change")
    theirs: dict[str, Any] | None = Field(
        None, description="yaml, version, editor, at: the other's"
    )
    base: str | None = Field(None, description="the entry as it was when it was opened")
    merged: str | None = Field(None, description="both edits together, if they do not meet")
    handover: dict[str, Any] | None = Field(
        None, description="what there is where nobody can be waited for"
    )
    conflicts: list[str] | None = Field(None, description="the keys that both have changed")


class ApiError(Exception):
    """The base of every error that the API answers with.

    Keyword arguments fill in the text's `{names}`; those that `ErrorBody` knows
    are also sent as fields of their own.
    """

    status: ClassVar[int]
    code: ClassVar[str]
    may_be_null: ClassVar[frozenset[str]] = frozenset()  # fields whose null says something

    def __init__(self, *, headers: dict[str, str] | None = None, **values: Any) -> None:
        super().__init__(self.code)
        self.headers = headers or {}
        self.values = values

    def body(self, texts: Texts) -> dict[str, Any]:
        """Return the JSON body, without fields that say nothing."""
        text = texts.get(f"error_{self.code}", **_spoken(self.values))
        shown = {
            key: value
            for key, value in self.values.items()
            if key in ErrorBody.model_fields and (value is not None or key in self.may_be_null)
        }
        return ErrorBody(error=self.code, text=text, **shown).model_dump(exclude_unset=True)


class MalformedBody(ApiError):
    """The body is not JSON in UTF-8."""

    status, code = 400, "malformed_body"


class NotLoggedIn(ApiError):
    """The login of the place, or a program's token, is missing, old or revoked."""

    status, code = 401, "not_logged_in"


class LoginFailed(ApiError):
    """Wrong name or password, or no account for this place; which of them is not told."""

    status, code = 401, "login_failed"


class OriginNotAllowed(ApiError):
    """A page of another site tries to act in an agent's name."""

    status, code = 403, "origin_not_allowed"


class ConversationNotFound(ApiError):
    """There is no such conversation, or it is somebody else's: the two look the same."""

    status, code = 404, "conversation_not_found"


class GapNotFound(ApiError):
    """There is no such group of questions, or none any longer."""

    status, code = 404, "gap_not_found"


class ProposalNotFound(ApiError):
    """There is no such proposed reply, or an editor has dismissed it."""

    status, code = 404, "proposal_not_found"


class NoticeNotFound(ApiError):
    """There is no such notice."""

    status, code = 404, "notice_not_found"


class ReplyNotFound(ApiError):
    """There is no such prepared reply, or none any longer."""

    status, code = 404, "reply_not_found"


class RequestNotFound(ApiError):
    """There is no such request for documents."""

    status, code = 404, "request_not_found"


class HoldNotFound(ApiError):
    """There is no such hold, or its conversation is gone."""

    status, code = 404, "hold_not_found"


class NotFound(ApiError):
    """No such address."""

    status, code = 404, "not_found"


class MethodNotAllowed(ApiError):
    """The address does not take this method."""

    status, code = 405, "method_not_allowed"


class EntryNotFound(ApiError):
    """There is no such entry, or not any longer."""

    status, code = 404, "entry_not_found"


class AgentNotFound(ApiError):
    """There is no such agent."""

    status, code = 404, "agent_not_found"


class ErrandNotFound(ApiError):
    """There is no such errand."""

    status, code = 404, "errand_not_found"


class PublicationNotFound(ApiError):
    """There is no such publication."""

    status, code = 404, "publication_not_found"


class VersionConflict(ApiError):
    """The entry has changed since it was opened; `theirs` says how, `merged` puts both together."""

    status, code = 409, "version_conflict"
    may_be_null = frozenset({"base", "merged"})


class NeedsConfirmation(ApiError):
    """The edit changes answers in a way that somebody must say is meant; see `preview`."""

    status, code = 409, "needs_confirmation"


class Blocked(ApiError):
    """The edit changes answers in a way that may not go live; see `preview`."""

    status, code = 409, "blocked"


class AlreadyTaken(ApiError):
    """Another agent was first; `agent_name` says who."""

    status, code = 409, "already_taken"


class ConversationClosed(ApiError):
    """Nobody reads a closed conversation, so nothing can be written in it."""

    status, code = 409, "conversation_closed"


class IdReused(ApiError):
    """The client's id was used before, for something else."""

    status, code = 409, "id_reused"


class MoveNotAllowed(ApiError):
    """The conversation's state does not allow the move; `allowed` says what it does allow."""

    status, code = 409, "move_not_allowed"


class NotYours(ApiError):
    """The agent does not hold the conversation; `agent_name` says who does, if anybody."""

    status, code = 409, "not_your_conversation"


class QueueClosed(ApiError):
    """Nobody can be waited for now; `handover` says why, until when, and what there is instead."""

    status, code = 409, "queue_closed"


class NoCapacity(ApiError):
    """The agent has as many conversations as the status leaves room for."""

    status, code = 409, "no_capacity"


class DepartmentAway(ApiError):
    """Nobody of the department is at the desk: the citizen would wait for nobody."""

    status, code = 409, "department_away"


class CannotBeDeleted(ApiError):
    """A person has had the conversation, or it has become an errand: the citizen may ask for it."""

    status, code = 409, "cannot_be_deleted"


class MustBeKept(ApiError):
    """The municipality has to keep the conversation for now; for what reason is not told."""

    status, code = 409, "must_be_kept"


class NotRead(ApiError):
    """Something of the conversations has not been read for the request, or came afterwards."""

    status, code = 409, "not_read"


class RequestClosed(ApiError):
    """The request is closed: nothing is searched for, added, marked or read beside it."""

    status, code = 409, "request_closed"


class Withheld(ApiError):
    """Something is marked as secret, so that the request was refused at least in part."""

    status, code = 409, "withheld"


class BodyTooLarge(ApiError):
    """More was sent than any request needs."""

    status, code = 413, "body_too_large"


class MessageEmpty(ApiError):
    """Nothing that can be read is left of the message."""

    status, code = 422, "message_empty"


class MaskingFailed(ApiError):
    """Personal data could not be looked for in the text, so nothing of it was stored."""

    status, code = 503, "masking_failed"


class MessageTooLong(ApiError):
    """The message has more characters than the limit."""

    status, code = 422, "message_too_long"


class ChoiceNotOffered(ApiError):
    """The bot's last message did not offer this choice."""

    status, code = 422, "choice_not_offered"


class NotAnAnswer(ApiError):
    """Only what the bot has answered can be said to have helped or not."""

    status, code = 422, "not_an_answer"


class ContactUnusable(ApiError):
    """Nobody can be reached by what is written, or it tells more than that."""

    status, code = 422, "contact_unusable"


class MarkOutside(ApiError):
    """There are no such words to mark as secret."""

    status, code = 422, "mark_outside"


class ContentInvalid(ApiError):
    """The content would not be right; `findings` say what is wrong and where."""

    status, code = 422, "content_invalid"


class InvalidRequest(ApiError):
    """A field is missing, unknown or wrong; `fields` says which."""

    status, code = 422, "invalid_request"


class LoginLimited(ApiError):
    """Too many failed logins."""

    status, code = 429, "login_limited"


class InternalError(ApiError):
    """Our fault; the log has the details."""

    status, code = 500, "internal_error"


class EditorUnavailable(ApiError):
    """Nothing can be published: the search is not loaded, or another publication takes too long."""

    status, code = 503, "editor_unavailable"


class Unavailable(ApiError):
    """The database cannot be reached."""

    status, code = 503, "unavailable"


def documented(*errors: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    """Return OpenAPI's `responses` for `errors` and for those that any address can give."""
    every: tuple[type[ApiError], ...] = (
        *errors,
        MalformedBody,
        BodyTooLarge,
        InvalidRequest,
        InternalError,
        Unavailable,
    )
    found: dict[int | str, dict[str, Any]] = {}
    for error in every:
        said = f"`{error.code}`: {(error.__doc__ or '').strip()}"
        before = found.get(error.status)
        description = f"{before['description']} {said}" if before else said
        found[error.status] = {"model": ErrorBody, "description": description}
    return found


def _spoken(values: dict[str, Any]) -> dict[str, str]:
    return {
        key: ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for key, value in values.items()
    }
