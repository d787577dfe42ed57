"""What languages call themselves, and what others call them."""

from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import translation
from django.utils.translation import get_language_info, gettext

# Django knows Chinese by its scripts only.
_SCRIPTS = {"zh": "zh-hans"}


def own_name(code: str) -> str:
    """A language's name in itself; its code where Django does not know it."""
    try:
        return str(get_language_info(_SCRIPTS.get(code, code))["name_local"])
    except KeyError:
        return code


def code_of(said: str) -> str:
    """Two letters for a language as other systems write it: de, de_DE, German, Deutsch; what is none stays as it is, at most ten characters."""
    plain = " ".join(said.casefold().split())
    return _codes().get(plain) or plain.replace("_", "-").split("-")[0][:10]


@cache
def _codes() -> dict[str, str]:
    """Codes by the names that languages have in English, in themselves, and in the languages of this installation."""
    found = {}
    for own in ("en", *(code for code, _name in settings.LANGUAGES)):
        with translation.override(own):
            for code, info in LANG_INFO.items():
                if "name" in info:
                    for name in (info["name"], info["name_local"], gettext(info["name"])):
                        found.setdefault(name.casefold(), code.split("-")[0])
    return found
