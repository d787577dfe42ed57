"""What languages call themselves."""

from django.utils.translation import get_language_info

# Django knows Chinese by its scripts only.
_SCRIPTS = {"zh": "zh-hans"}


def own_name(code: str) -> str:
    """A language's name in itself; its code where Django does not know it."""
    try:
        return str(get_language_info(_SCRIPTS.get(code, code))["name_local"])
    except KeyError:
        return code
