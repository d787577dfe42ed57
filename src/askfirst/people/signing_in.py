"""How allauth signs people in here: only people of the roster, and only while they work here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        """People come from the roster, an administrator or single sign-on; nobody makes their own account."""
        return False
