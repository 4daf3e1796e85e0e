"""Where a bot wants its updates: webhook set, deleted, told about; being logged out. Delivery is `bot.simulator.webhooks`. Pure.

1. Telegram wants https on four ports of a public address. Here the bots run on this machine, so there http on any port is taken too.
2. What would need a certificate of the bot's own, or another address than the URL's, is refused in words.
3. Texts as in `do_set_webhook` of tdlib/telegram-bot-api, and after "bad webhook: " as in its `WebhookActor`.
"""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.simulator import shapes
from bot.simulator.books import Webhook
from bot.simulator.json_types import Json, JsonObject, as_list, as_text, present
from bot.simulator.methods.turn import Turn
from bot.simulator.refusals import Refused, bad_request

PORTS = frozenset({80, 88, 443, 8443})
FEWEST_CONNECTIONS, USUAL_CONNECTIONS, MOST_CONNECTIONS = 1, 40, 100
MOST_SECRET = 256


def set_webhook(turn: Turn) -> Json:
    """An empty URL deletes the webhook; one without a scheme means https."""
    url = turn.text("url").strip()
    webhook = _webhook(turn, url if "://" in url else f"https://{url}") if url else None
    if "allowed_updates" in turn.parameters:
        turn.account.updates.allow(update_kinds(turn))
    if turn.flag("drop_pending_updates"):
        turn.account.updates.drop()
    turn.account.webhook, turn.account.webhook_error = webhook, None
    return True


def delete_webhook(turn: Turn) -> Json:
    if turn.flag("drop_pending_updates"):
        turn.account.updates.drop()
    turn.account.webhook = turn.account.webhook_error = None
    return True


def get_webhook_info(turn: Turn) -> Json:
    account = turn.account
    hook, error, allowed = account.webhook, account.webhook_error, account.updates.allowed
    info: JsonObject = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": account.updates.pending(),
        "last_error_date": shapes.unix(error.at) if error else None,
        "last_error_message": error.message if error else None,
        "max_connections": hook.max_connections if hook else None,
        "allowed_updates": list[Json](sorted(allowed)) if allowed else None,
    }
    return present(info)


def leave_server(_turn: Turn) -> Json:
    """LogOut and close are for bots that move to another server; nothing here changes for them."""
    return True


def update_kinds(turn: Turn) -> list[str]:
    value = turn.json("allowed_updates")
    if value is not None and not isinstance(value, list):
        raise bad_request("can't parse allowed_updates JSON object")
    return [as_text(kind) for kind in as_list(value)]


def _webhook(turn: Turn, url: str) -> Webhook:
    if turn.uploads.get("certificate") or turn.text("certificate"):
        raise bad_request("certificates of the bot's own are not taken, use http here (simulator)")
    if turn.text("ip_address"):
        raise bad_request("ip_address is not taken, put it into the url (simulator)")
    _check_url(url)
    return Webhook(url, _secret(turn), _connections(turn))


def _secret(turn: Turn) -> str:
    secret = turn.text("secret_token")
    if len(secret) > MOST_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _connections(turn: Turn) -> int:
    """Telegram refuses no number: it takes the nearest that it allows."""
    given = turn.number("max_connections", USUAL_CONNECTIONS)
    return min(MOST_CONNECTIONS, max(FEWEST_CONNECTIONS, given))


def _check_url(url: str) -> None:
    parts = _parts(url)
    if parts is None or not parts.hostname or parts.scheme not in {"http", "https"}:
        raise bad_request("invalid webhook URL specified")
    if _is_this_machine(parts.hostname):
        return
    if parts.scheme == "http":
        raise _bad("An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise _bad("Webhook can be set up only on ports 80, 88, 443 or 8443")


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        possible = parts.port != 0  # reading a port above 65535 is a ValueError
    except ValueError:
        return None
    return parts if possible else None


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bad(reason: str) -> Refused:
    return bad_request(f"bad webhook: {reason}")
