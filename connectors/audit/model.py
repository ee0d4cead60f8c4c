"""Pure values of the audit log: who does something, and all that can be done or read."""

from enum import StrEnum
from typing import Protocol
from uuid import UUID

OPERATOR = "operator"  # whoever has the command line: username and role
SYSTEM = "system"  # the gateway itself: username and role
UNKNOWN = "unknown"  # the username of who tried to log in under a name that no account has
NOT_FOR_ACCOUNTS = frozenset({OPERATOR, SYSTEM, UNKNOWN})


class Doer(Protocol):
    """Somebody of the staff, or a program that acts as one."""

    @property
    def id(self) -> UUID: ...

    @property
    def username(self) -> str: ...

    @property
    def role(self) -> str: ...


class Action(StrEnum):
    """What is recorded: `area.verb`. docs/reference/audit-log.md says the same for operators."""

    ACCOUNT_LOGIN = "account.login"  # logged in
    ACCOUNT_LOGIN_FAILED = "account.login_failed"  # wrong name, password or place
    ACCOUNT_LOGOUT = "account.logout"  # logged out
    ACCOUNT_MAKE = "account.make"  # made an account
    ACCOUNT_ASSIGN = "account.assign"  # set an agent's departments
    ACCOUNT_SET_PASSWORD = "account.set_password"  # noqa: S105  # gave an account another one
    ACCOUNT_CLOSE = "account.close"  # let an account open nothing from then on
    TOKEN_MAKE = "token.make"  # noqa: S105  # made a program's token
    TOKEN_REVOKE = "token.revoke"  # noqa: S105  # made a program's token worth nothing

    CONVERSATION_BEGIN = "conversation.begin"  # began practice or a talk between colleagues
    CONVERSATION_OPEN = "conversation.open"  # read a conversation, its dossier or its notes
    CONVERSATION_READ_ALONG = "conversation.read_along"  # heard of news in what is not theirs
    CONVERSATION_TAKE = "conversation.take"  # took a conversation, or what was offered
    CONVERSATION_DECLINE = "conversation.decline"  # did not take what was offered
    CONVERSATION_HOLD = "conversation.hold"  # let the citizen wait
    CONVERSATION_PICK_UP = "conversation.pick_up"  # went on after that
    CONVERSATION_JOIN = "conversation.join"  # began to take part in a colleague's
    CONVERSATION_LEAVE = "conversation.leave"  # stopped taking part
    CONVERSATION_RETURN_TO_QUEUE = "conversation.return_to_queue"  # gave it back to the queue
    CONVERSATION_RETURN_TO_BOT = "conversation.return_to_bot"  # gave it back to the bot
    CONVERSATION_TRANSFER = "conversation.transfer"  # handed it to a colleague or a department
    CONVERSATION_CLOSE = "conversation.close"  # ended it for the citizen
    CONVERSATION_FINISH = "conversation.finish"  # said what became of it
    NOTE_WRITE = "note.write"  # wrote something that only agents see

    ERRAND_LIST = "errand.list"  # read the list of errands, with ways to reach people
    ERRAND_OPEN = "errand.open"  # read an errand by its reference, with its conversation
    ERRAND_TAKE = "errand.take"  # became an errand's owner
    ERRAND_FINISH = "errand.finish"  # said what became of an errand

    PROPOSAL_WRITE = "proposal.write"  # showed a reply to editors
    PROPOSAL_LIST = "proposal.list"  # read what agents have proposed
    PROPOSAL_OPEN = "proposal.open"  # began an entry with a proposed reply
    PROPOSAL_DISMISS = "proposal.dismiss"  # took a proposal off the list
    GAP_LIST = "gap.list"  # read what citizens ask in vain
    GAP_OPEN = "gap.open"  # began an entry with what citizens ask

    ENTRY_PUBLISH = "entry.publish"  # made a new or changed entry live
    ENTRY_REMOVE = "entry.remove"  # took an entry away
    ENTRY_ROLL_BACK = "entry.roll_back"  # put back what an entry said before
    NOTICE_ADD = "notice.add"  # put up a notice
    NOTICE_CHANGE = "notice.change"  # changed a notice
    NOTICE_END = "notice.end"  # let a notice end
    LOOK_CHANGE = "look.change"  # changed how the chat looks

    RECORDS_REGISTER = "records.register"  # registered a request for documents
    RECORDS_SEARCH = "records.search"  # searched conversations
    RECORDS_ADD = "records.add"  # let a request be about a conversation
    RECORDS_REMOVE = "records.remove"  # let it not be about it any longer
    RECORDS_READ = "records.read"  # read a conversation of a request
    RECORDS_MARK = "records.mark"  # marked what is secret
    RECORDS_UNMARK = "records.unmark"  # took such a mark back
    RECORDS_EXPORT = "records.export"  # handed a request's conversations out
    RECORDS_CLOSE = "records.close"  # ended a request
    RECORDS_HOLD = "records.hold"  # kept a conversation from being deleted
    RECORDS_LIFT = "records.lift"  # ended that
    RECORDS_VERIFY = "records.verify"  # looked whether this log is whole
    RETENTION_RUN = "retention.run"  # deleted what was due
