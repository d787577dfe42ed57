"""Open Badges 3.0: a credential as VC-JWT, and pictures that carry it (PNG iTXt and SVG, as the standard's baking says).

After 1EdTech Open Badges 3.0, W3C Verifiable Credentials 2.0 and W3C Bitstring Status List 1.0; signed with Ed25519 (EdDSA, package
joserfc). Badges are for learning only.
"""

import gzip
import struct
import warnings
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from joserfc import jwt
from joserfc.jwk import OKPKey

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
KEYWORD = b"openbadgecredential"
# Bits of one status list: the least that the standard allows, so that asking for a list does not tell which badge is meant.
LIST_SIZE = 131_072
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Status:
    """Where a verifier learns whether a badge was taken back: bit `index` (0 to LIST_SIZE - 1) of the list at an absolute address."""

    list_id: str
    index: int


@dataclass(frozen=True)
class Badge:
    """What is certified. Addresses are absolute and ours; `subject` is an opaque URI, never a mail address."""

    id: str
    issuer_id: str
    issuer_name: str
    subject: str
    achievement_id: str
    name: str
    description: str
    criteria: str
    valid_from: datetime
    status: Status | None = None


def credential(badge: Badge) -> dict[str, Any]:
    """The credential as JSON values."""
    status = badge.status and {
        "id": f"{badge.status.list_id}#{badge.status.index}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": str(badge.status.index), "statusListCredential": badge.status.list_id,
    }  # fmt: skip
    return ({"credentialStatus": status} if status else {}) | {
        "@context": CONTEXTS,
        "id": badge.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.name,
        "issuer": {"id": badge.issuer_id, "type": ["Profile"], "name": badge.issuer_name},
        "validFrom": _written(badge.valid_from),
        "credentialSubject": {
            "id": badge.subject,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": badge.achievement_id, "type": ["Achievement"], "name": badge.name, "description": badge.description,
                "criteria": {"narrative": badge.criteria},
            },
        },
    }  # fmt: skip


def new_key(key_id: str) -> dict[str, Any]:
    """A fresh Ed25519 key as JWK values, the private part included."""
    return dict(OKPKey.generate_key("Ed25519", {"kid": key_id, "alg": "EdDSA", "use": "sig"}).as_dict(private=True))


def public(key: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in key.items() if name != "d"}


def sign(badge: Badge, key: dict[str, Any]) -> str:
    """The credential as a compact VC-JWT: the payload is the credential itself, with iss, jti, sub and nbf beside it."""
    return _signed(credential(badge) | {"sub": badge.subject}, badge.issuer_id, badge.valid_from, key)


def sign_list(list_id: str, issuer_id: str, taken_back: Iterable[int], now: datetime, key: dict[str, Any]) -> str:
    """The status list as a compact VC-JWT.

    Args:
        taken_back: the bits that are set, each 0 to LIST_SIZE - 1; bit 0 is the leftmost of the first byte.
    """
    bits = bytearray(LIST_SIZE // 8)
    for index in taken_back:
        bits[index // 8] |= 0x80 >> index % 8
    packed = urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    payload = {
        "@context": CONTEXTS[:1],
        "id": list_id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id,
        "validFrom": _written(now),
        "credentialSubject": {
            "id": f"{list_id}#list", "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": f"u{packed}",
        },
    }  # fmt: skip
    return _signed(payload, issuer_id, now, key)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed(payload: dict[str, Any], issuer_id: str, valid_from: datetime, key: dict[str, Any]) -> str:
    claims = payload | {"iss": issuer_id, "jti": payload["id"], "nbf": int(valid_from.timestamp())}
    header = {"alg": "EdDSA", "typ": "JWT", "kid": key["kid"], "jwk": public(key)}
    with warnings.catch_warnings():
        # Verifiers of badges know EdDSA by this name; RFC 9864 would call it Ed25519.
        warnings.simplefilter("ignore")
        return jwt.encode(header, claims, OKPKey.import_key(key), algorithms=["EdDSA"])


def bake_png(picture: bytes, token: str) -> bytes:
    """A PNG that carries the token in an iTXt chunk right after its header; one it carried before is replaced."""
    if not picture.startswith(_PNG):
        raise ValueError("Not a PNG.")
    text = KEYWORD + b"\0\0\0\0\0" + token.encode()
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    chunks = [own for own in _chunks(picture) if not (own[4:8] == b"iTXt" and own[8:].startswith(KEYWORD + b"\0"))]
    return _PNG + chunks[0] + chunk + b"".join(chunks[1:])


def read_png(picture: bytes) -> str:
    """The token that a PNG carries; empty where it carries none."""
    for own in _chunks(picture):
        if own[4:8] == b"iTXt" and own[8:].startswith(KEYWORD + b"\0"):
            return own[8 + len(KEYWORD) + 5 : -4].decode()
    return ""


def _chunks(picture: bytes) -> list[bytes]:
    at, found = len(_PNG), []
    while at + 8 <= len(picture):
        size = 12 + struct.unpack(">I", picture[at : at + 4])[0]
        found.append(picture[at : at + size])
        at += size
    return found


def bake_svg(picture: str, token: str) -> str:
    """An SVG that carries the token as openbadges:credential."""
    head, mark, rest = picture.partition(">")
    space = ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    return f"{head}{space}{mark}<openbadges:credential verify={quoteattr(token)}/>{rest}"
