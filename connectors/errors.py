# a name such as AlreadyTaken says it; «Error» would add nothing
"""What the gateway answers when something is wrong: one shape, with the text that is shown.

    ApiError
    ├── MalformedBody 400       ├── AlreadyTaken 409        ├── MessageEmpty 422
    ├── NotLoggedIn 401         ├── ConversationClosed 409  ├── MessageTooLong 422
    ├── LoginFailed 401         ├── IdReused 409            ├── ChoiceNotOffered 422
    ├── OriginNotAllowed 403    ├── MoveNotAllowed 409      ├── InvalidRequest 422
    ├── ConversationNotFound 404├── NotYours 409            ├── LoginLimited 429
    ├── NotFound 404            └── BodyTooLarge 413        ├── InternalError 500
    └── MethodNotAllowed 405                                └── Unavailable 503

The text of each is `error_<code>` in `data/texts`.
"""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from bot.texts import Texts


class ErrorBody(BaseModel):
    """The one shape of every error."""

    error: str = Field(description="a code that never changes with the language")
    text: str = Field(description="says what is wrong and what to do, in Swedish")
    agent_name: str | None = Field(None, description="who has the conversation, at a lost race")
    allowed: list[str] | None = Field(None, description="the moves that are allowed now")
    fields: list[str] | None = Field(None, description="the fields that are wrong")


class ApiError(Exception):
    """The base of every error that the API answers with.

    Keyword arguments fill in the text's `{names}`; those that `ErrorBody` knows
    are also sent as fields of their own.
    """

    status: ClassVar[int]
    code: ClassVar[str]

    def __init__(self, *, headers: dict[str, str] | None = None, **values: Any) -> None:
        super().__init__(self.code)
        self.headers = headers or {}
        self.values = values

    def body(self, texts: Texts) -> dict[str, Any]:
        """Return the JSON body, without fields that say nothing."""
        text = texts.get(f"error_{self.code}", **_spoken(self.values))
        shown = {key: self.values[key] for key in self.values if key in ErrorBody.model_fields}
        return ErrorBody(error=self.code, text=text, **shown).model_dump(exclude_none=True)


class MalformedBody(ApiError):
    """The body is not JSON in UTF-8."""

    status, code = 400, "malformed_body"


class NotLoggedIn(ApiError):
    """The desk's cookie is missing, has expired or was logged out."""

    status, code = 401, "not_logged_in"


class LoginFailed(ApiError):
    """Wrong name or password; which of them is not told."""

    status, code = 401, "login_failed"


class OriginNotAllowed(ApiError):
    """A page of another site tries to act in an agent's name."""

    status, code = 403, "origin_not_allowed"


class ConversationNotFound(ApiError):
    """There is no such conversation, or it is somebody else's: the two look the same."""

    status, code = 404, "conversation_not_found"


class NotFound(ApiError):
    """No such address."""

    status, code = 404, "not_found"


class MethodNotAllowed(ApiError):
    """The address does not take this method."""

    status, code = 405, "method_not_allowed"


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


class BodyTooLarge(ApiError):
    """More was sent than any request needs."""

    status, code = 413, "body_too_large"


class MessageEmpty(ApiError):
    """Nothing that can be read is left of the message."""

    status, code = 422, "message_empty"


class MessageTooLong(ApiError):
    """The message has more characters than the limit."""

    status, code = 422, "message_too_long"


class ChoiceNotOffered(ApiError):
    """The bot's last message did not offer this choice."""

    status, code = 422, "choice_not_offered"


class InvalidRequest(ApiError):
    """A field is missing, unknown or wrong; `fields` says which."""

    status, code = 422, "invalid_request"


class LoginLimited(ApiError):
    """Too many failed logins."""

    status, code = 429, "login_limited"


class InternalError(ApiError):
    """Our fault; the log has the details."""

    status, code = 500, "internal_error"


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
