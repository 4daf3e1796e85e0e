"""What the server says when it refuses a call: code, exact text, parameters. No HTTP here.

Texts are Telegram's own: from `fail_query_with_error` and the check_* functions of tdlib/telegram-bot-api, from
`parse_html` of tdlib/td, or from the table in the team's TELEGRAM.md. What only this simulator says ends in "(simulator)".
"""

from http import HTTPStatus

from bot.simulator.json_types import JsonObject

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
WEBHOOK_CAME = "Conflict: terminated by setWebhook request"
PREFIXES = {
    HTTPStatus.BAD_REQUEST: "Bad Request",
    HTTPStatus.FORBIDDEN: "Forbidden",
}


class Refused(Exception):
    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.code = int(code)
        self.description = description
        self.parameters = parameters or {}


def bad_request(text: str) -> Refused:
    return _refused(HTTPStatus.BAD_REQUEST, text)


def forbidden(text: str) -> Refused:
    return _refused(HTTPStatus.FORBIDDEN, text)


def chat_not_found() -> Refused:
    return bad_request("chat not found")


def too_many(retry_after: int) -> Refused:
    return Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"Too Many Requests: retry after {retry_after}",
        {"retry_after": retry_after},
    )


def migrated(new_chat_id: int) -> Refused:
    return Refused(
        HTTPStatus.BAD_REQUEST,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )


def conflict(description: str) -> Refused:
    return Refused(HTTPStatus.CONFLICT, description)


def unauthorized() -> Refused:
    return Refused(HTTPStatus.UNAUTHORIZED, "Unauthorized")


def not_found() -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, "Not Found")


def _refused(code: HTTPStatus, text: str) -> Refused:
    return Refused(code, f"{PREFIXES[code]}: {text}")
