"""How this installation is set up, in words, each fact with what to do where something should be done."""

import ipaddress
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from askfirst.base import mailing, web
from askfirst.base import queries as base
from askfirst.base.checks import is_local
from askfirst.base.waking import is_reachable
from askfirst.engines import alike
from askfirst.listen import queries as listen
from askfirst.people import queries as people

LEAST_FREE = 1 << 30
LATE = timedelta(minutes=5)
MAIL_SECONDS = 5


@dataclass(frozen=True)
class Fact:
    """One thing about the set-up. `mend` says what to do; empty: it is fine."""

    topic: str
    text: str
    mend: str = ""


def facts() -> list[Fact]:
    """Everything that can be said without a visit; what the database refuses to say is a fact as well."""
    found: list[Fact] = []
    for look in LOOKS:
        try:
            found += look()
        except DatabaseError as error:
            mend = _("Is it running, and does ASKFIRST_DATABASE_URL name it? Then run `askfirst init`.")
            found.append(Fact(_("Database"), _("It does not answer: %s") % str(error).strip(), mend))
            break
    return found


def _address() -> Iterator[Fact]:
    said = _("People type %s.") % settings.SITE_URL
    mend = ""
    if is_local(settings.SITE_URL):
        said += " " + _("Only this machine can open it.")
    elif not settings.IS_SECURE:
        mend = _("Put a proxy with TLS in front, set ASKFIRST_URL to https://… and ASKFIRST_PROXIES=1.")
    yield Fact(_("Address"), said, mend)
    if settings.IS_SECURE and not settings.OPTIONS.proxies:
        yield Fact(
            _("Proxies"), _("The address is https, but no proxy is counted."),
            _("Set ASKFIRST_PROXIES to the number of your own proxies in front, or everybody seems to come from one address."),
        )  # fmt: skip
    if settings.DEBUG:
        yield Fact(
            _("Debug"), _("Error details are shown in the browser."), _("Take ASKFIRST_DEBUG out before others come.")
        )


def _data() -> Iterator[Fact]:
    folder = Path(settings.DATA)
    free = shutil.disk_usage(folder).free
    said = _("Data are in %(folder)s; %(free)s GB are free.") % {
        "folder": folder, "free": number_format(free / (1 << 30), 1),
    }  # fmt: skip
    yield Fact(_("Data"), said, _("Make room: a full disk stops votes.") if free < LEAST_FREE else "")
    key = folder / "secret-key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Fact(_("Secret key"), _("Others on this machine can read %s.") % key, _("Run: chmod 600 %s") % key)


def _database() -> Iterator[Fact]:
    server, is_sealed = None, False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            version, size = cursor.fetchone()
            name = f"PostgreSQL {version}"
            cursor.execute(
                "SELECT host(inet_server_addr()), COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
            )
            server, is_sealed = cursor.fetchone()
        else:
            cursor.execute("SELECT sqlite_version()")
            name = f"SQLite {cursor.fetchone()[0]}"
            size = Path(connection.settings_dict["NAME"]).stat().st_size if _is_file() else 0
    said = _("%(name)s, %(size)s MB.") % {"name": name, "size": number_format(size / 1e6, 1)}
    mend = _("It is not up to date: run `askfirst init`; it keeps what is there.") if base.pending_migrations() else ""
    yield Fact(_("Database"), said, mend)
    if not is_sealed and not _is_this_machine(server):
        yield Fact(
            _("Database"), _("The connection to %s can be read on the way.") % server,
            _("Where that network is not yours alone, add ?sslmode=verify-full to ASKFIRST_DATABASE_URL."),
        )  # fmt: skip


def _is_this_machine(server: str | None) -> bool:
    """Whether a server's address is this machine; None is a socket of its own."""
    return server is None or ipaddress.ip_address(server).is_loopback


def _is_file() -> bool:
    return Path(str(connection.settings_dict["NAME"])).is_file()


def _mail() -> Iterator[Fact]:
    if not settings.OPTIONS.mail_url:
        yield Fact(
            _("Mail"), _("Mails are not sent; they are kept as files in %s.") % (Path(settings.DATA) / "mail"),
            _("Set ASKFIRST_MAIL_URL; people without a password sign in with a code by mail."),
        )  # fmt: skip
        return
    server = urlsplit(settings.OPTIONS.mail_url)
    where = f"{server.hostname}:{settings.EMAIL_PORT}"
    problem = ""
    try:
        # Opens a connection and signs in, and sends nothing.
        to_server = mail.get_connection(timeout=MAIL_SECONDS)
        to_server.open()
        to_server.close()
    except OSError as error:
        problem = str(error)
    if problem:
        yield Fact(
            _("Mail"), _("%(where)s does not take mails: %(problem)s") % {"where": where, "problem": problem},
            _("Look at ASKFIRST_MAIL_URL: host, port, name and password."),
        )  # fmt: skip
    else:
        yield Fact(_("Mail"), _("%s takes mails.") % where)
    waiting, lost = mailing.waiting(), mailing.given_up()
    if waiting.number:
        said = ngettext(
            "%(number)d mail waits to be sent: %(problem)s",
            "%(number)d mails wait to be sent: %(problem)s",
            waiting.number,
        )
        yield Fact(
            _("Mail"), said % {"number": waiting.number, "problem": waiting.problem},
            _("They are tried again by themselves. If it stays like this, ask who runs the mail server."),
        )  # fmt: skip
    if lost.number:
        said = ngettext(
            "%(number)d mail could not be sent and was given up, to %(addresses)s: %(problem)s",
            "%(number)d mails could not be sent and were given up, the last to %(addresses)s: %(problem)s",
            lost.number,
        )
        yield Fact(
            _("Mail"), said % {"number": lost.number, "addresses": ", ".join(lost.addresses), "problem": lost.problem},
            _("Are the addresses right? What those people are asked for is on their Today page in any case."),
        )  # fmt: skip
    if settings.OPTIONS.mail_from.endswith("@localhost"):
        yield Fact(
            _("Mail"),
            _("The sender is %s.") % settings.OPTIONS.mail_from,
            _("Set ASKFIRST_MAIL_FROM to an address of yours."),
        )


def _tasks() -> Iterator[Fact]:
    now = timezone.now()
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    number = waiting.count()
    oldest = waiting.ready().order_by("enqueued_at").first()
    is_late = oldest is not None and now - oldest.enqueued_at > LATE
    mend = _("No process seems to run them. Start `askfirst work`, or `askfirst serve` without --no-worker.")
    yield Fact(_("Background tasks"), _("%d wait.") % number, mend if is_late else "")


def _redis() -> Iterator[Fact]:
    url = settings.OPTIONS.redis_url
    if not url:
        return
    if is_reachable(url):
        yield Fact(_("Redis"), _("It answers; processes wake each other through it."))
        where = urlsplit(url)
        if where.scheme == "redis" and not is_local(url):
            yield Fact(
                _("Redis"), _("The connection to %s can be read on the way.") % where.hostname,
                _("Where that network is not yours alone, write rediss:// in ASKFIRST_REDIS_URL."),
            )  # fmt: skip
    else:
        yield Fact(
            _("Redis"), _("It does not answer; processes look at the database instead."),
            _("Is it running, and does ASKFIRST_REDIS_URL name it?"),
        )  # fmt: skip


def _models() -> Iterator[Fact]:
    if (settings.OPTIONS.models or alike.has_english()) and alike.has_shared():
        yield Fact(_("Alike questions"), _("They are found by meaning, in English and fifteen more languages."))
        return
    said = _("Without the sentence models only alike spelling is seen.")
    yield Fact(_("Alike questions"), said, _("Install what requirements/base.txt lists."))


def _people() -> Iterator[Fact]:
    admins = people.admins().count()
    mend = _("Make a second one, so that nobody is locked out.") if admins == 1 else ""
    if not admins:
        mend = _("Nobody runs the site. Give somebody the role: `askfirst people role E-MAIL admin`.")
    yield Fact(_("Administrators"), str(admins), mend)
    providers = [app["name"] for own in settings.SOCIALACCOUNT_PROVIDERS.values() for app in own.get("APPS", [])]
    ways = [_("code by mail"), _("password"), _("passkey"), *providers]
    yield Fact(_("Signing in"), ", ".join(ways))


def _listening() -> Iterator[Fact]:
    rows = list(listen.sources())
    on = [own for own in rows if own.is_on]
    wrong = [own.name for own in on if own.last_error]
    mend = _("Look at: %s") % ", ".join(wrong) if wrong else ""
    yield Fact(_("Listening"), _("%(on)d of %(all)d sources are on.") % {"on": len(on), "all": len(rows)}, mend)


def _time() -> Iterator[Fact]:
    said = _("Days begin by %(zone)s; it is %(now)s there.") % {
        "zone": settings.TIME_ZONE, "now": timezone.localtime().strftime("%H:%M"),
    }  # fmt: skip
    yield Fact(_("Time"), said)


LOOKS: tuple[Callable[[], Iterator[Fact]], ...] = (
    _address, _data, _database, _mail, _tasks, _redis, _models, _people, _listening, _time,
)  # fmt: skip


def visit(request: Any) -> list[Fact]:
    """What the way of this very request says about the proxies in front."""
    asked = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{settings.SITE_PATH}"
    mend = ""
    if settings.IS_SECURE and not request.is_secure():
        mend = _("The proxy must say X-Forwarded-Proto: https, and ASKFIRST_PROXIES must count it.")
    elif urlsplit(asked).netloc != urlsplit(settings.SITE_URL).netloc:
        mend = _("You came by another address than ASKFIRST_URL. The proxy must pass Host as it came.")
    found = [Fact(_("Asked for as"), asked, mend)]
    forwarded, peer = request.META.get("HTTP_X_FORWARDED_FOR", ""), request.META.get("REMOTE_ADDR", "")
    hops = web.hops_of(forwarded)
    counted = settings.OPTIONS.proxies
    mend = ""
    if len(hops) < counted:
        mend = _("The proxy must pass X-Forwarded-For, or a whole office shares one limit with everybody else.")
    elif hops and not counted and _is_near(peer):
        mend = _("A proxy stands in front that is not counted: set ASKFIRST_PROXIES=1.")
    said = _("%(address)s; X-Forwarded-For holds %(hops)d, %(counted)d proxies are counted.") % {
        "address": web.client_address(forwarded, peer), "hops": len(hops), "counted": counted,
    }  # fmt: skip
    return [*found, Fact(_("You come from"), said, mend)]


def _is_near(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False
