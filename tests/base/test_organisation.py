"""Name, colour and logo of the organisation: what is taken, what is refused."""

import io

import pytest
from PIL import Image

from askfirst.base import queries


def picture(form: str = "PNG", size: tuple[int, int] = (600, 300)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "#1a237e").save(out, form)
    out.seek(0)
    out.name = f"logo.{form.lower()}"
    return out


def send(browser, **more):
    return browser.post("/people/organisation", {"name": "Halden", "brand_colour": "#1a237e", **more})


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_logo_is_drawn_anew_and_served(ada, browser_of, form):
    browser = browser_of(ada)

    send(browser, logo_file=picture(form))

    served = browser.get("/logo")
    with Image.open(io.BytesIO(served.content)) as found:
        assert (found.format, found.size) == ("PNG", (256, 128))
    assert queries.organisation().name == "Halden"


def test_logo_can_be_taken_away(ada, browser_of):
    browser = browser_of(ada)
    send(browser, logo_file=picture())

    send(browser, without_logo="on")

    assert browser.get("/logo").status_code == 302


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n broken", b"GIF89a", b"x" * 3_000_000]
)
def test_anything_else_is_refused_in_words(ada, browser_of, content):
    file = io.BytesIO(content)
    file.name = "logo.png"

    page = send(browser_of(ada), logo_file=file)

    assert page.status_code == 422
    assert 'class="error"' in page.content.decode()


def test_picture_that_would_fill_the_memory_is_refused(ada, browser_of):
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    bomb.seek(0)
    bomb.name = "logo.png"

    assert send(browser_of(ada), logo_file=bomb).status_code == 422


def test_colour_must_be_a_colour(ada, browser_of):
    assert send(browser_of(ada), brand_colour="red").status_code == 422
