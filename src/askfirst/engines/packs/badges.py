"""Open Badges 3.0: a credential as VC-JWT, and pictures that carry it (PNG iTXt and SVG, as the standard's baking says).

After 1EdTech Open Badges 3.0 and W3C Verifiable Credentials 2.0; signed with Ed25519 (EdDSA, package joserfc). Badges are for learning only.
"""

import struct
import warnings
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from joserfc import jwt
from joserfc.jwk import OKPKey

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
KEYWORD = b"openbadgecredential"
_PNG = b"\x89PNG\r\n\x1a\n"


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


def credential(badge: Badge) -> dict[str, Any]:
    """The credential as JSON values."""
    return {
        "@context": CONTEXTS,
        "id": badge.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.name,
        "issuer": {"id": badge.issuer_id, "type": ["Profile"], "name": badge.issuer_name},
        "validFrom": badge.valid_from.strftime("%Y-%m-%dT%H:%M:%SZ"),
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
    payload = credential(badge) | {
        "iss": badge.issuer_id, "jti": badge.id, "sub": badge.subject, "nbf": int(badge.valid_from.timestamp())
    }  # fmt: skip
    header = {"alg": "EdDSA", "typ": "JWT", "kid": key["kid"], "jwk": public(key)}
    with warnings.catch_warnings():
        # Verifiers of badges know EdDSA by this name; RFC 9864 would call it Ed25519.
        warnings.simplefilter("ignore")
        return jwt.encode(header, payload, OKPKey.import_key(key), algorithms=["EdDSA"])


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
