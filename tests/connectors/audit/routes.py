"""Every address that only staff may use: what it leaves in the audit log, or why nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi.routing import APIRoute, APIWebSocketRoute

from connectors.audit.model import Action

CITIZENS = (
    "/api/about",
    "/api/conversations",
    "/api/handover",
    "/api/health",
    "/api/notices",
    "/api/openapi.json",
    "/api/rollout",
    "/api/widget",
)

DESK, EDITOR, RECORDS = "/api/desk", "/api/editor", "/api/records"
ONE = f"{DESK}/conversations/{{conversation_id}}"
REQUEST = f"{RECORDS}/requests/{{request_id}}"
REQUESTED = f"{REQUEST}/conversations/{{conversation_id}}"

LEAVES: dict[str, set[Action]] = {
    f"POST {DESK}/login": {Action.ACCOUNT_LOGIN, Action.ACCOUNT_LOGIN_FAILED},
    f"POST {DESK}/logout": {Action.ACCOUNT_LOGOUT},
    f"POST {DESK}/conversations": {Action.CONVERSATION_BEGIN},
    f"POST {DESK}/conversations/next": {Action.CONVERSATION_TAKE},
    f"POST {ONE}/take": {Action.CONVERSATION_TAKE},
    f"GET {ONE}": {Action.CONVERSATION_OPEN},
    f"GET {ONE}/notes": {Action.CONVERSATION_OPEN},
    f"GET {ONE}/suggestions": {Action.CONVERSATION_OPEN},
    f"POST {ONE}/moves": {
        Action.CONVERSATION_DECLINE,
        Action.CONVERSATION_HOLD,
        Action.CONVERSATION_PICK_UP,
        Action.CONVERSATION_JOIN,
        Action.CONVERSATION_LEAVE,
        Action.CONVERSATION_RETURN_TO_QUEUE,
        Action.CONVERSATION_CLOSE,
    },
    f"POST {ONE}/close": {Action.CONVERSATION_FINISH, Action.CONVERSATION_RETURN_TO_BOT},
    f"POST {ONE}/transfer": {Action.CONVERSATION_TRANSFER},
    f"POST {ONE}/notes": {Action.NOTE_WRITE},
    f"POST {ONE}/proposals": {Action.PROPOSAL_WRITE},
    f"GET {DESK}/errands": {Action.ERRAND_LIST},
    f"GET {DESK}/errands/{{reference}}": {Action.ERRAND_OPEN},
    f"POST {DESK}/errands/{{errand_id}}/take": {Action.ERRAND_TAKE},
    f"POST {DESK}/errands/{{errand_id}}/finish": {Action.ERRAND_FINISH},
    f"SOCKET {DESK}/socket": {Action.CONVERSATION_READ_ALONG},
    f"POST {EDITOR}/login": {Action.ACCOUNT_LOGIN, Action.ACCOUNT_LOGIN_FAILED},
    f"POST {EDITOR}/logout": {Action.ACCOUNT_LOGOUT},
    f"POST {EDITOR}/publications": {Action.ENTRY_PUBLISH},
    f"POST {EDITOR}/publications/{{publication_id}}/rollback": {Action.ENTRY_ROLL_BACK},
    f"POST {EDITOR}/entries/{{entry_id}}/remove": {Action.ENTRY_REMOVE},
    f"GET {EDITOR}/gaps": {Action.GAP_LIST},
    f"POST {EDITOR}/gaps/{{gap_id}}/draft": {Action.GAP_OPEN},
    f"GET {EDITOR}/proposals": {Action.PROPOSAL_LIST},
    f"POST {EDITOR}/proposals/{{proposal_id}}/draft": {Action.PROPOSAL_OPEN},
    f"POST {EDITOR}/proposals/{{proposal_id}}/dismiss": {Action.PROPOSAL_DISMISS},
    f"POST {EDITOR}/notices": {Action.NOTICE_ADD},
    f"POST {EDITOR}/notices/{{notice_id}}": {Action.NOTICE_CHANGE},
    f"POST {EDITOR}/notices/{{notice_id}}/end": {Action.NOTICE_END},
    f"POST {EDITOR}/look": {Action.LOOK_CHANGE},
    f"POST {RECORDS}/login": {Action.ACCOUNT_LOGIN, Action.ACCOUNT_LOGIN_FAILED},
    f"POST {RECORDS}/logout": {Action.ACCOUNT_LOGOUT},
    f"POST {RECORDS}/requests": {Action.RECORDS_REGISTER},
    f"GET {REQUEST}": set(),  # reads on what was shown when it was added: see test_requests
    f"POST {REQUEST}/search": {Action.RECORDS_SEARCH},
    f"POST {REQUEST}/conversations": {Action.RECORDS_ADD, Action.RECORDS_READ},
    f"POST {REQUESTED}/remove": {Action.RECORDS_REMOVE},
    f"GET {REQUESTED}": {Action.RECORDS_READ},
    f"GET {REQUESTED}/preview": {Action.RECORDS_READ},
    f"POST {REQUESTED}/marks": {Action.RECORDS_MARK},
    f"POST {REQUESTED}/marks/{{mark_id}}/remove": {Action.RECORDS_UNMARK},
    f"GET {REQUEST}/export.{{file_kind}}": {Action.RECORDS_EXPORT},
    f"POST {REQUEST}/close": {Action.RECORDS_CLOSE},
    f"POST {RECORDS}/holds": {Action.RECORDS_HOLD},
    f"POST {RECORDS}/holds/{{hold_id}}/lift": {Action.RECORDS_LIFT},
    f"POST {RECORDS}/log/verify": {Action.RECORDS_VERIFY},
}

SELF = "tells who is logged in; the login is recorded"
QUEUE = "stands before every agent all day; opening a conversation is recorded"
EVENT = "an event of the conversation, with the agent's name, already"
WORK = "tells of the agent's own work, of no citizen: the log does not watch the staff"
NUMBERS = "tells numbers, times and names of staff; nothing that was written"
PUBLIC = "shows what the municipality says to everybody, or is about to say"

LEAVES_NOTHING: dict[str, str] = {
    f"GET {DESK}/me": SELF,
    f"POST {DESK}/presence": WORK,
    f"GET {DESK}/conversations": QUEUE,
    f"GET {DESK}/conversations/held": QUEUE,
    f"POST {ONE}/messages": EVENT,
    f"GET {ONE}/closing": "shows the municipality's types and causes; nothing that was written",
    f"POST {ONE}/typing": WORK,
    f"POST {ONE}/seen": WORK,
    f"GET {DESK}/colleagues": WORK,
    f"GET {DESK}/departments": WORK,
    f"GET {DESK}/replies": PUBLIC,
    f"POST {DESK}/replies/{{reply_id}}/used": WORK,
    f"GET {DESK}/facts": PUBLIC,
    f"GET {DESK}/people": PUBLIC,
    f"GET {EDITOR}/me": SELF,
    f"GET {EDITOR}/entries": PUBLIC,
    f"GET {EDITOR}/entries/{{entry_id}}": PUBLIC,
    f"GET {EDITOR}/files": PUBLIC,
    f"POST {EDITOR}/drafts/check": PUBLIC,
    f"POST {EDITOR}/drafts/preview": PUBLIC,
    f"POST {EDITOR}/drafts/ask": PUBLIC,
    f"GET {EDITOR}/publications": PUBLIC,
    f"GET {EDITOR}/publications/{{publication_id}}": PUBLIC,
    f"GET {EDITOR}/review": "counts how often entries were shown and helped; nothing written",
    f"GET {EDITOR}/notices": PUBLIC,
    f"GET {EDITOR}/look": PUBLIC,
    f"GET {EDITOR}/safety": PUBLIC,
    f"POST {EDITOR}/safety/try": "tries a sentence of the editor's own, which is stored nowhere",
    f"GET {RECORDS}/me": SELF,
    f"GET {RECORDS}/grounds": PUBLIC,
    f"GET {RECORDS}/requests": NUMBERS,
    f"GET {RECORDS}/holds": NUMBERS,
    f"GET {RECORDS}/disposals": NUMBERS,
    f"GET {RECORDS}/log": NUMBERS,
}


def staffs(routes: Sequence[Any]) -> set[str]:
    """Return every address below /api that is not the citizens', as `METHOD /path`."""
    return {
        name
        for name in _named(routes)
        if (path := name.split()[1]).startswith("/api/") and not path.startswith(CITIZENS)
    }


def _named(routes: Sequence[Any]) -> Iterator[str]:
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _named(included.routes)
        elif isinstance(route, APIWebSocketRoute):
            yield f"SOCKET {route.path}"
        elif isinstance(route, APIRoute):
            yield from (f"{method} {route.path}" for method in route.methods or ())
