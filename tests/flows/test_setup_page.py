"""The page about the set-up in a real browser: streams are tried on the way they really take."""


def test_streams_are_seen_to_come_through(signed_in, demo_site):
    page = signed_in("ada")

    page.goto(f"{demo_site.url}/plan/setup")

    page.get_by_text("They come through as they are sent.").wait_for()
    assert page.get_by_text("The installation").is_visible()
