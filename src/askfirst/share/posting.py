"""Post to one's own account where the network lets one: Mastodon (OAuth 2, its REST API v1) and Bluesky (an app password, AT Protocol).

The connection belongs to the person, is used only when they press the button, and ends when they say so. Nobody else sees it.
"""

import contextlib
import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import fetch
from askfirst.base.sealing import CannotUnseal, seal, unseal
from askfirst.people.models import Connection, Person
from askfirst.share.errors import ShareError

PURPOSE = "connection"
NETWORKS = ("mastodon", "bluesky")
BLUESKY = "https://bsky.social"
SCOPES = "read:accounts write:statuses write:media"
# What Bluesky takes at most, in bytes.
BLUESKY_PICTURE = 1_000_000
TID_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
# How often, and with how many seconds between, Mastodon is asked whether a picture is ready.
LOOKS, BETWEEN_LOOKS = 5, 1.0


@dataclass(frozen=True)
class Picture:
    """A picture that goes with a post: its bytes, its media type, and what it shows."""

    data: bytes
    media_type: str
    alt_text: str


def connections(person: Person) -> dict[str, Connection]:
    """The person's own connections by network."""
    return {own.network: own for own in Connection.objects.filter(person=person)}


def disconnect(connection: Connection) -> None:
    """Forget a connection, and tell Mastodon that its token ends. Bluesky's app passwords are ended there."""
    if connection.network == "mastodon":
        # Forgotten here in any case, also where it was sealed with another key; a token that nobody has opens nothing.
        with contextlib.suppress(ShareError, CannotUnseal):
            kept = json.loads(unseal(connection.sealed, PURPOSE))
            _call(
                connection.server, "/oauth/revoke", {key: kept[key] for key in ("client_id", "client_secret", "token")}
            )
    connection.delete()


def connect_bluesky(person: Person, *, handle: str, password: str, server: str = BLUESKY) -> Connection:
    """Connect by handle and app password.

    Raises:
        ShareError: the network says no.
    """
    said = _call(
        server,
        "/xrpc/com.atproto.server.createSession",
        {"identifier": handle.strip().lstrip("@"), "password": password},
    )
    return _keep(
        person, "bluesky", server, str(said.get("handle") or handle), {"did": said["did"], "password": password}
    )


def begin_mastodon(server: str, *, back: str) -> tuple[str, dict[str, str]]:
    """Introduce this installation to a server. Returns the address where the person agrees, and what to remember until then.

    Args:
        server: such as mastodon.social, with or without https://; back: our address to which the person comes back.

    Raises:
        ShareError: it is no Mastodon server, or it does not answer.
    """
    base = _server(server)
    app = _call(
        base,
        "/api/v1/apps",
        {"client_name": "Askfirst", "redirect_uris": back, "scopes": SCOPES, "website": settings.SITE_URL},
    )
    state = secrets.token_urlsafe(16)
    asked = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": back,
        "scope": SCOPES,
        "state": state,
    }
    remember = {
        "server": base,
        "state": state,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "back": back,
    }
    return f"{base}/oauth/authorize?{urlencode(asked)}", remember


def finish_mastodon(person: Person, *, code: str, remembered: dict[str, str]) -> Connection:
    """Exchange what the person brought back for a token of their own.

    Raises:
        ShareError: the server says no.
    """
    app = {key: remembered[key] for key in ("client_id", "client_secret")}
    got = _call(
        remembered["server"], "/oauth/token",
        {**app, "grant_type": "authorization_code", "code": code, "redirect_uri": remembered["back"], "scope": SCOPES},
    )  # fmt: skip
    token = str(got["access_token"])
    me = _call(remembered["server"], "/api/v1/accounts/verify_credentials", None, token=token)
    host = urlsplit(remembered["server"]).netloc
    return _keep(person, "mastodon", remembered["server"], f"{me['acct']}@{host}", {**app, "token": token})


def new_key() -> str:
    """A key for one post, made when it is ready: an AT Protocol record key (TID), which Mastodon takes as well.

    Sixty-four bits: microseconds since 1970, then ten at random, in thirteen digits of a base of 32 that sorts.
    """
    number = (time.time_ns() // 1000 << 10) | secrets.randbelow(1024)
    return "".join(TID_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def post(connection: Connection, *, text: str, url: str, key: str, picture: Picture | None = None) -> str:
    """Post, with the story's picture where there is one, and return the address of the post.

    Args:
        key: from new_key; sent again with the same key, it is the same post.

    Raises:
        ShareError: the network says no, or does not answer; nothing was posted as far as is known.
    """
    kept = json.loads(unseal(connection.sealed, PURPOSE))
    whole = f"{text} {url}".strip()
    if connection.network == "mastodon":
        status: dict[str, Any] = {"status": whole}
        if picture:
            status["media_ids"] = [_hand_over(connection.server, picture, kept["token"])]
        said = _call(connection.server, "/api/v1/statuses", status, token=kept["token"], key=key)
        return str(said.get("url") or "")
    if picture and len(picture.data) > BLUESKY_PICTURE:
        raise ShareError(_("The picture is too large for Bluesky. Copy the words, and add a smaller one there."))
    session = _call(
        connection.server,
        "/xrpc/com.atproto.server.createSession",
        {"identifier": kept["did"], "password": kept["password"]},
    )
    record: dict[str, Any] = {
        "$type": "app.bsky.feed.post",
        "text": whole,
        "createdAt": timezone.now().isoformat(),
        "facets": _facets(whole, url),
    }
    if picture:
        sent = _send(
            connection.server, "/xrpc/com.atproto.repo.uploadBlob", picture.data, picture.media_type,
            token=str(session["accessJwt"]),
        )  # fmt: skip
        record["embed"] = {
            "$type": "app.bsky.embed.images",
            "images": [{"image": sent["blob"], "alt": picture.alt_text}],
        }
    # Created, or put once more in its own place where the answer to the first attempt was lost.
    asked = {"repo": kept["did"], "collection": "app.bsky.feed.post", "rkey": key, "record": record}
    said = _call(connection.server, "/xrpc/com.atproto.repo.putRecord", asked, token=str(session["accessJwt"]))
    return f"https://bsky.app/profile/{kept['did']}/post/{str(said['uri']).rpartition('/')[2]}"


def _hand_over(server: str, picture: Picture, token: str) -> str:
    """Give Mastodon a picture, and wait while it works on it. Returns the picture's number there."""
    media = _send(server, "/api/v2/media", *_form(picture), token=token)
    number = str(media["id"])
    for _look in range(LOOKS):
        if media.get("url"):
            break
        time.sleep(BETWEEN_LOOKS)
        media = _call(server, f"/api/v1/media/{quote(number)}", None, token=token)
    # Without an address it is not ready; a post would be refused.
    if not media.get("url"):
        raise ShareError(_("The network is still working on the picture. Try again in a minute; nothing was posted."))
    return number


def _form(picture: Picture) -> tuple[bytes, str]:
    """(body, media type) of a form with a file, as browsers send it (RFC 7578)."""
    border = secrets.token_hex(16)
    ending = picture.media_type.rpartition("/")[2]
    parts = (
        ('name="description"', picture.alt_text.encode()),
        (f'name="file"; filename="picture.{ending}"\r\nContent-Type: {picture.media_type}', picture.data),
    )
    body = b"".join(
        f"--{border}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n"
        for head, data in parts
    )
    return body + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"


def _facets(text: str, url: str) -> list[dict[str, Any]]:
    """The link as a link: its place in bytes of UTF-8, as the protocol counts."""
    if not url:
        return []
    start = len(text[: text.rindex(url)].encode())
    index = {"byteStart": start, "byteEnd": start + len(url.encode())}
    return [{"index": index, "features": [{"$type": "app.bsky.richtext.facet#link", "uri": url}]}]


def _keep(person: Person, network: str, server: str, handle: str, kept: dict[str, Any]) -> Connection:
    with transaction.atomic():
        Connection.objects.filter(person=person, network=network).delete()
        return Connection.objects.create(
            person=person, network=network, server=server, handle=handle[:200], sealed=seal(json.dumps(kept), PURPOSE)
        )


def _server(typed: str) -> str:
    """The base address of a server from what somebody types: a name, an address, or their own handle."""
    name = typed.strip().rstrip("/").rpartition("@")[2]
    inside = settings.OPTIONS.listen_private and name.startswith("http://")
    try:
        parts = urlsplit(name if "://" in name else f"https://{name}")
    except ValueError:
        parts = urlsplit("")
    if not re.fullmatch(r"[\w.-]+(?::\d+)?", parts.netloc) or (parts.scheme != "https" and not inside):
        raise ShareError(_("Write the name of the server, such as mastodon.social."))
    return f"{parts.scheme}://{parts.netloc}"


def _call(server: str, path: str, body: dict[str, Any] | None, *, token: str = "", key: str = "") -> dict[str, Any]:
    """Ask in JSON; None asks with GET."""
    sent = None if body is None else json.dumps(body).encode()
    return _send(server, path, sent, "application/json", token=token, key=key)


def _send(
    server: str, path: str, body: bytes | None, media_type: str, *, token: str = "", key: str = ""
) -> dict[str, Any]:
    head = {"Content-Type": media_type, "Accept": "application/json"}
    head |= {"Authorization": f"Bearer {token}"} if token else {}
    head |= {"Idempotency-Key": key} if key else {}
    inside = settings.OPTIONS.listen_private
    try:
        if body is None:
            got = fetch.fetch(f"{server}{path}", headers=head, allow_private=inside)
        else:
            got = fetch.post(f"{server}{path}", body, headers=head, allow_private=inside)
        said = json.loads(got.body or b"{}")
    except fetch.CannotFetch as error:
        raise ShareError(_("The network did not answer: %s") % error) from error
    except ValueError as error:
        raise ShareError(_("The network's answer could not be read.")) from error
    if not 200 <= got.status < 300 or not isinstance(said, dict):
        why = (
            said.get("error_description") or said.get("message") or said.get("error") if isinstance(said, dict) else ""
        )
        raise ShareError(_("The network says no: %s") % str(why or got.status)[:200])
    return _Said(said)


class _Said(dict[str, Any]):
    """What a server said; a word that is missing means that it speaks another language."""

    def __missing__(self, key: str) -> Any:
        raise ShareError(_("The network's answer could not be read."))
