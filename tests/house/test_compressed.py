"""Pages, scripts and styles travel compressed to whoever takes that; what a person uploaded stays as it is."""

import gzip

from django.http import HttpRequest, HttpResponse

from askfirst.base.web import CompressMiddleware


def answer(response: HttpResponse, takes: str = "gzip, br") -> HttpResponse:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = takes
    return CompressMiddleware(lambda _request: response)(request)


def test_page_and_script_are_compressed_for_who_takes_it(nobody, db):
    page = nobody.get("/account/login/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert b"<form" in gzip.decompress(page.content)
    assert "Content-Encoding" not in nobody.get("/account/login/")

    script = HttpResponse("let a = 1; " * 100, content_type="text/javascript")
    assert len(answer(script).content) < 200


def test_pictures_and_parts_of_files_are_not():
    for response in (
        HttpResponse(b"x" * 1000, content_type="image/png"),
        HttpResponse("a part" * 100, content_type="text/plain", status=206),
    ):
        assert "Content-Encoding" not in answer(response)
