"""Starting and stopping the served process: what keeps it from starting is said, and it ends without complaints."""

import socket


def test_address_in_use_is_said_before_anything_starts(empty_site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", empty_site.port))
        other.listen()

        said = empty_site.refused("serve")

    assert f"Nobody can listen on 127.0.0.1:{empty_site.port} (Address already in use)" in said


def test_ports_that_there_are_not_are_refused(empty_site):
    assert "host:port" in empty_site.refused("serve", "--bind", "127.0.0.1:99999")


def test_first_administrator_needs_an_address(empty_site, tmp_path):
    empty_site.environ["ASKFIRST_DATA"] = str(tmp_path / "new")

    assert "is no e-mail address" in empty_site.refused("init", "--email", "nobody", "--name", "Nobody")


def test_server_ends_without_complaint(empty_site):
    empty_site.start()
    empty_site.stop()

    assert "Traceback" not in empty_site.log.read_text()


def test_folder_that_is_not_there_is_said(empty_site):
    code = empty_site.run("jam", "open", "A jam").strip()

    assert "/nowhere/l.md: No such file or directory" in empty_site.refused(
        "jam", "ledger", code, "--out", "/nowhere/l.md"
    )
