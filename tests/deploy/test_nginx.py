"""The nginx example, run: TLS ends there, pages know their address, streams come through at once."""

import datetime
import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import Site

DEPLOY = Path(__file__).parents[2] / "deploy"
needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder: Path) -> Path:
    """A certificate for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "own.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "own.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "own.pem"


@pytest.fixture
def proxied(tmp_path):
    """A site behind nginx as deploy/nginx.conf has it, with other ports and paths; (site, port, TLS context)."""
    port = free_port()
    site = Site(tmp_path / "data", url=f"https://localhost:{port}", proxies="1")
    site.environ["ASKFIRST_DEBUG"] = "no"
    site.init()
    site.start()
    pem = certificate(tmp_path)
    example = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("127.0.0.1:8000", f"127.0.0.1:{site.port}"), ("listen 443", f"listen {port}"), ("ask.example.org;", "localhost;"),
        ("/etc/ssl/ask.example.org.pem", str(pem)), ("/etc/ssl/ask.example.org.key", str(tmp_path / "own.key")),
    ):  # fmt: skip
        assert old in example
        example = example.replace(old, new)
    temporary = " ".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log {tmp_path}/access.log; {temporary}\n{example}\n}}\n"
    )
    nginx = subprocess.Popen(["nginx", "-c", str(conf), "-p", str(tmp_path)])
    trust = ssl.create_default_context(cafile=str(pem))
    for _ in range(50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield site, port, trust
    nginx.terminate()
    nginx.wait(timeout=10)
    site.stop()


def get(port, trust, path, **headers):
    connection = http.client.HTTPSConnection("localhost", port, timeout=10, context=trust)
    connection.request("GET", path, headers=headers)
    return connection, connection.getresponse()


@needs_nginx
def test_pages_streams_and_votes_come_through_tls(proxied, tmp_path):
    site, port, trust = proxied
    code = site.run("jam", "open", "Behind nginx").strip()
    (tmp_path / "q.txt").write_text("Who answers at the weekend?\n")
    site.run("jam", "import", code, str(tmp_path / "q.txt"))

    _connection, page = get(port, trust, f"/j/{code}")
    body = page.read().decode()
    assert page.status == 200
    assert "max-age" in page.headers["Strict-Transport-Security"]
    cookie = page.headers["Set-Cookie"]
    assert "secure" in cookie.lower()
    live = re.search(r'data-live="([^"]+)"', body)[1].replace("&amp;", "&")
    group = re.search(r'data-group="(\d+)"', body)[1]

    _stream_connection, stream = get(port, trust, f"{live}&since=x")
    assert stream.headers["Content-Type"] == "text/event-stream"
    seat = re.search(r"askfirst_seat_\w+=[0-9a-f]+", cookie)[0]
    voting = http.client.HTTPSConnection("localhost", port, timeout=10, context=trust)
    voting.request(
        "POST", f"/live/{code}/vote", f"group={group}", {"Cookie": seat, "Origin": f"https://localhost:{port}"}
    )
    assert voting.getresponse().status == 200
    begun = time.monotonic()
    said = ""
    while '"votes": {"' not in said:
        said = stream.readline().decode()
    # A buffering proxy would hold it back until the stream ends.
    assert time.monotonic() - begun < 5
    assert json.loads(said.removeprefix("data: "))["votes"] == {group: 1}

    # Rooms are not in the proxy's log: who was where is nobody's business.
    assert code not in (tmp_path / "access.log").read_text()
    redirect = get(port, trust, "/today")[1]
    assert redirect.headers["Location"].startswith("/account/login/")


def test_health_is_answered_to_whoever_knows_the_machine_only(tmp_path):
    """As the container's own check asks, which knows no name of the site."""
    site = Site(tmp_path / "data", url="https://ask.example.org/under", proxies="1", debug="no", metrics="numbers")
    site.init()
    site.process = subprocess.Popen(
        [sys.executable, "-m", "askfirst", "serve"], env=site.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        check = re.search(r"HEALTHCHECK CMD (\[.*\])", (DEPLOY / "Dockerfile").read_text())
        command = [own.replace(":8000/", f":{site.port}/") for own in json.loads(check[1])]
        for _ in range(60):
            done = subprocess.run([sys.executable, *command[1:]], capture_output=True, check=False)
            if done.returncode == 0:
                break
            time.sleep(0.5)
        assert done.returncode == 0, done.stderr
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(f"http://127.0.0.1:{site.port}/", timeout=5)
        assert json.load(urllib.request.urlopen(f"http://127.0.0.1:{site.port}/readyz", timeout=5))["database"] == "ok"
        asked = urllib.request.Request(
            f"http://127.0.0.1:{site.port}/metrics", headers={"Authorization": "Bearer numbers"}
        )
        assert b"askfirst_page_seconds" in urllib.request.urlopen(asked, timeout=5).read()
    finally:
        site.process.kill()
        site.process.wait()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_unit_is_sound(tmp_path):
    unit = (DEPLOY / "askfirst.service").read_text().replace("/opt/askfirst/bin/askfirst", "/bin/true")
    (tmp_path / "askfirst.service").write_text(unit)

    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "askfirst.service")], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr.strip()) == (0, "")
