"""The coach without a connection: kept on the phone by its worker, looking with the same patterns as on the server."""

import pytest

from askfirst.engines import draftcheck
from tests.conftest import Site
from tests.engines.labelled import gold

pytestmark = pytest.mark.browser

WANTED = {"mail": "mail", "iban": "iban", "card": "card"}


def test_page_and_rules_are_there_without_a_network(demo_site: Site, signed_in, device):
    page = signed_in("eli")
    page.goto(f"{demo_site.url}/coach/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "caches.has('coach-0.1.0').then(async (there) => there && (await (await caches.open('coach-0.1.0')).keys()).length > 5)"
    )
    page.goto(f"{demo_site.url}/coach/")

    page.context.set_offline(True)
    page.goto(f"{demo_site.url}/coach/")
    page.locator("[data-ready]").wait_for()
    page.get_by_label("Your draft").fill("Write to grace.adeyemi@halden.example, the alarm code is 4471!!!")

    found = page.locator("#found li")
    assert found.evaluate_all("items => items.map((item) => item.dataset.detector)") == ["mail", "secrets", "shouting"]
    assert "Nothing leaves this phone" in page.locator("main").inner_text()
    page.get_by_label("Your draft").fill("A quiet Tuesday.")
    assert found.inner_text() == "Nothing found by these rules."
    page.context.set_offline(False)


def test_browser_finds_what_the_server_finds(demo_site: Site, device):
    """On every third post of the gold set: mail addresses, accounts and cards alike; no finding that the server does not have."""
    page = device()
    page.goto(f"{demo_site.url}/coach/offline")
    page.locator("[data-ready]").wait_for()
    differing = []
    posts = gold("en")[::3]
    for _kind, text in posts:
        own = {finding.detector for finding in draftcheck.check(draftcheck.Draft(text))}
        page.get_by_label("Your draft").fill(text)
        there = set(
            page.locator("#found li[data-detector]").evaluate_all("items => items.map((item) => item.dataset.detector)")
        )
        if there - own or any((name in own) != (name in there) for name in WANTED):
            differing.append((text, sorted(own), sorted(there)))

    # Check digits alone cannot tell a card from an order number, nor a mail address from a handle: the server looks at more.
    assert len(differing) <= len(posts) / 100, differing
