"""The main navigation says in which part of the site a page lies."""

import re

import pytest

CURRENT = re.compile(r'aria-current="page">.*?<span>([^<]+)</span>')


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/today", "Today"),
        ("/stories/", "Today"),
        ("/desk", "Desk"),
        ("/listen/queries/", "Desk"),
        ("/stories/desk/", "Desk"),
        ("/briefings/", "Desk"),
        ("/plan/numbers", "Desk"),
        ("/people/log", "Desk"),
        ("/people/me", "Me"),
        ("/policy/desk/", "Policy"),
    ],
)
def test_one_link_is_marked(ada, browser_of, path, part):
    assert CURRENT.findall(browser_of(ada).get(path).content.decode()) == [part]
