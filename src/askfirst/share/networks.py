"""Where a story can be taken: the length each network allows and the address that opens its own form."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Network:
    """`form`: an address with {text} and {url}, or empty where only copying works. `limit`: characters, links counted as they stand."""

    id: str
    name: str
    limit: int
    form: str = ""


NETWORKS = (
    Network("linkedin", "LinkedIn", 3000, "https://www.linkedin.com/feed/?shareActive=true&text={text}%20{url}"),
    Network("mastodon", "Mastodon", 500, "https://share.joinmastodon.org/#text={text}%20{url}"),
    Network("bluesky", "Bluesky", 300, "https://bsky.app/intent/compose?text={text}%20{url}"),
    Network("facebook", "Facebook", 5000, "https://www.facebook.com/sharer/sharer.php?u={url}"),
    Network("x", "X", 280, "https://x.com/intent/post?text={text}&url={url}"),
    Network("instagram", "Instagram", 2200),
    Network("xing", "XING", 1000, "https://www.xing.com/spi/shares/new?url={url}"),
    Network("whatsapp", "WhatsApp", 5000, "https://wa.me/?text={text}%20{url}"),
)
BY_ID = {network.id: network for network in NETWORKS}


def form_address(network: Network, text: str, url: str) -> str:
    return network.form.format(text=quote(text, safe=""), url=quote(url, safe="")) if network.form else ""


def tracked(address: str, network: str, story: int) -> str:
    """The address with the campaign words that web statistics read (UTM), after what it already asks."""
    words = urlencode({"utm_source": network, "utm_medium": "employee", "utm_campaign": f"story-{story}"})
    plain, mark, fragment = address.partition("#")
    return f"{plain}{'&' if '?' in plain else '?'}{words}{mark}{fragment}"
