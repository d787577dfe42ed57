"""The table of options: every setting an operator may give, read from the environment and from nowhere else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class OptionError(ValueError):
    """An option has a value that cannot be used; the message says which and what would do."""


@dataclass(frozen=True)
class Option:
    """One option: `ASKFIRST_<name>` in the environment, or a file named by `ASKFIRST_<name>_FILE`."""

    name: str
    kind: type
    default: str
    help: str
    # What a value that is not empty must look like, and one that does.
    shape: str = ""
    example: str = ""

    @property
    def variable(self) -> str:
        return f"ASKFIRST_{self.name}"


OPTIONS = (
    Option(
        "URL",
        str,
        "",
        "The address people type. Hosts, CSRF origins, cookies and links in mails follow from it. Empty: localhost, at the port of ASKFIRST_BIND.",
        r"https?://[^\s/?#]+(/[^\s?#]*)?",
        "https://ask.example.org",
    ),
    Option(
        "DATA",
        Path,
        "~/.local/share/askfirst",
        "The one directory for the database, the secret key, uploads and undelivered mail.",
    ),
    Option(
        "DATABASE_URL",
        str,
        "",
        "PostgreSQL as postgres://user:password@host/name. Empty: SQLite in the data directory.",
        r"(postgres|postgresql|pgsql)://\S+",
        "postgres://user:password@host/name",
    ),
    Option(
        "SECRET_KEY",
        str,
        "",
        "Signs cookies and links. Empty: the key that `askfirst init` wrote into the data directory.",
    ),
    Option("BIND", str, "127.0.0.1:8000", "Where `askfirst serve` listens, host:port.", r"\S+:\d+", "127.0.0.1:8000"),
    Option(
        "MAIL_URL",
        str,
        "",
        "smtp://user:password@host:port, smtps:// for TLS from the start, smtp+starttls:// to upgrade. Empty: mails are kept as files in the data directory.",
        r"smtp(s|\+starttls)?://\S+",
        "smtp+starttls://user:password@mail.example.org:587",
    ),
    Option("MAIL_FROM", str, "askfirst@localhost", "The sender of mails."),
    Option("LANGUAGE", str, "en", "Language of people who have not chosen one: en or de.", r"en|de", "en or de"),
    Option(
        "TIME_ZONE",
        str,
        "UTC",
        "Time zone in which days begin and times are typed, such as Europe/Berlin. Browsers say moments by their own clock.",
    ),
    Option("THREADS", int, "8", "Threads that answer pages. Live streams and votes do not need any."),
    Option(
        "HUBS",
        int,
        "0",
        "Processes that only write to live streams (Linux). 0: the serving process does it; 1 or 2 above 5,000 people in one jam.",
    ),
    Option(
        "PROXIES",
        int,
        "0",
        "How many of your own proxies stand in front; that many addresses at the end of X-Forwarded-For are trusted.",
    ),
    Option(
        "MODELS",
        str,
        "",
        "Folder with your own sentence vectors for grouping: a model.onnx and its vocab.txt. Empty: the packaged ones.",
    ),
    Option(
        "JOINS_PER_MINUTE", int, "600", "How many people behind one network address may join a jam within a minute."
    ),
    Option(
        "LISTEN_PRIVATE",
        bool,
        "no",
        "Also fetch from, and send events to, addresses on this machine and its own network, such as a chat of yours.",
    ),
    Option(
        "REDIS_URL",
        str,
        "",
        "Redis or Valkey, as redis://host:6379/0, through which several `askfirst listen work` processes share what is heard, serving processes wake each other when a board changes, and all share a cache (counts, progress, attempts to sign in). Empty: not used.",
        r"(redis|rediss|valkey|valkeys|unix)://\S+",
        "redis://host:6379/0",
    ),
    Option(
        "OIDC",
        str,
        "",
        "Single sign-on by OpenID Connect, as a JSON list of id, name, issuer, client_id and secret; more than one is fine. Best given as ASKFIRST_OIDC_FILE.",
    ),
    Option(
        "SAML",
        str,
        "",
        "Single sign-on by SAML 2.0, as a JSON list of id, name, entity_id, sso_url and certificate (pip install askfirst[saml]). Best given as ASKFIRST_SAML_FILE.",
    ),
    Option(
        "METRICS",
        str,
        "",
        "A token with which Prometheus may read /metrics (Authorization: Bearer …). Empty: there is no such page.",
    ),
    Option("SLOW_QUERY_MS", int, "0", "Log database queries that take longer, without their values. 0: do not."),
    Option(
        "SECURITY_CONTACT",
        str,
        "",
        "Where somebody who finds a hole may write, mailto: or https:; served as /.well-known/security.txt. Empty: none.",
        r"(mailto:|https://)\S+",
        "mailto:security@example.org",
    ),
    Option(
        "REFRESHERS_A_WEEK", int, "2", "How many refreshers a person is asked for in seven days at the most. 0: none."
    ),
    Option("LOG_DAYS", int, "1095", "How long the log of who did what is kept, in days. 0: for ever."),
    Option(
        "LEAVERS_DAYS",
        int,
        "0",
        "How many days after somebody has left they are erased: what they contributed stays, without a name. 0: when an administrator does it.",
    ),
    Option("LOG", str, "text", "How log lines look: text, or json for a collector.", r"text|json", "text or json"),
    Option(
        "DEBUG",
        bool,
        "no",
        "For developing only: error details in the browser, the components page, no secure cookies.",
    ),
    Option("BENCH", bool, "no", "For benchmarks only: opens a door through which a load driver publishes to a stream."),
)


@dataclass(frozen=True)
class Options:
    """The values in force, typed; attribute names are the option names in small letters."""

    url: str
    data: Path
    database_url: str
    secret_key: str
    bind: str
    mail_url: str
    mail_from: str
    language: str
    time_zone: str
    threads: int
    hubs: int
    proxies: int
    models: str
    joins_per_minute: int
    listen_private: bool
    redis_url: str
    oidc: str
    saml: str
    metrics: str
    slow_query_ms: int
    security_contact: str
    refreshers_a_week: int
    log_days: int
    leavers_days: int
    log: str
    debug: bool
    bench: bool


def read(environ: Mapping[str, str]) -> Options:
    """Read all options from `environ`.

    Raises:
        OptionError: a value has the wrong type, a `_FILE` cannot be read, or an `ASKFIRST_` variable is unknown.
    """
    known = {option.variable for option in OPTIONS}
    for variable in environ:
        if variable.startswith("ASKFIRST_") and variable.removesuffix("_FILE") not in known:
            raise OptionError(f"{variable} is not an option of Askfirst. See `askfirst options` for the list.")
    values = {option.name.lower(): _typed(option, _raw(option, environ)) for option in OPTIONS}
    values["url"] = values["url"] or f"http://localhost:{str(values['bind']).rpartition(':')[2]}"
    return Options(**values)  # type: ignore[arg-type]


def _raw(option: Option, environ: Mapping[str, str]) -> str:
    file = environ.get(f"{option.variable}_FILE")
    if file is None:
        given = environ.get(option.variable, option.default).strip()
        return given or (option.default if option.kind is Path else "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise OptionError(f"{option.variable}_FILE names {file}, which cannot be read: {error.strerror}.") from error


def _typed(option: Option, raw: str) -> object:
    if option.kind is bool:
        if raw.lower() in TRUE | FALSE:
            return raw.lower() in TRUE
        raise OptionError(f"{option.variable} is {raw!r}; write yes or no.")
    if option.kind is int:
        if raw.isascii() and raw.isdigit():
            return int(raw)
        raise OptionError(f"{option.variable} is {raw!r}; write a whole number, such as {option.default}.")
    if option.kind is Path:
        return Path(raw).expanduser().absolute()
    if option.name == "TIME_ZONE" and raw not in available_timezones():
        raise OptionError(f"{option.variable} is {raw!r}, which is no time zone; write it like Europe/Berlin.")
    if raw and option.shape and not re.fullmatch(option.shape, raw):
        # Without the value: there may be a password in it.
        raise OptionError(f"{option.variable} does not look as it must; write it like {option.example}.")
    return raw
