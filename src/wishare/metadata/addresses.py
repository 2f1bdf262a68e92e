"""What an address says before anybody has opened it: which product it means, and what that may be called."""

import hashlib
import re
from itertools import pairwise
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from wishare.core.formats import host

TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "dclid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "ref",
        "ref_",
        "referrer",
        "source",
        "campaign",
        "affiliate",
        "aff_id",
        "aff_fcid",
        "aff_platform",
        "sk",
        "algo_pvid",
        "algo_exp_id",
        "spm",
        "scm",
        "pvid",
        "_ga",
        "_gl",
        "srsltid",
        "ttclid",
        "twclid",
    ]
)
DEFAULT_PORTS = {"http": 80, "https": 443}
#: Endings of files, and words that shops put before a number.
_ENDING = re.compile(r"\.(html?|php|aspx?|jsp|jsf|do)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
LONGEST_NAME = 100


def product_key(url: str) -> str:
    """A digest that is equal for addresses of one product: without tracking, fragment, `www.` and scheme.

    Parameters that choose the product or its variant (`?v=`, `?id=`) stay. Empty for an empty address.
    """
    return _digest(canonical(url)) if url else ""


def canonical(url: str) -> str:
    """The part of an address that tells products apart; not meant to be opened."""
    parts = urlsplit(url.strip())
    port = f":{parts.port}" if parts.port not in {None, *DEFAULT_PORTS.values()} else ""
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(k))
    return f"{host(url)}{port}{parts.path.rstrip('/')}?{urlencode(query)}"


def page_key(url: str) -> str:
    """A digest of the very address that `without_tracking(url)` opens: no page is taken for another."""
    return _digest(without_tracking(url))


def without_tracking(url: str) -> str:
    """The address to open: it leads to the same page, and says nothing of where the person came from."""
    parts = urlsplit(url.strip())
    kept = [pair for pair in parts.query.split("&") if not _is_tracking(pair.partition("=")[0])]
    address = SplitResult(parts.scheme, _authority(parts), parts.path or "/", "&".join(kept), "")
    return address.geturl()


def guessed_name(url: str) -> str:
    """What the readable part of an address calls the product; empty where there is none.

    The part with most words counts, the last of them if there are several.
    """
    readable = [_words(part) for part in urlsplit(url.strip()).path.split("/")]
    best = max(reversed(readable), key=lambda words: sum(map(len, _WORD.findall(words))), default="")
    return (best[:1].upper() + best[1:])[:LONGEST_NAME].strip() if _WORD.search(best) else ""


def _words(part: str) -> str:
    """A part of a path as words, without the numbers that only machines read."""
    text = _ENDING.sub("", unquote(part, errors="replace"))
    words = [word for word in re.split(r"[-_+.,\s]+", text) if word.isprintable() and not _is_code(word)]
    return " ".join(words)


def _is_code(word: str) -> bool:
    """A number of an article: long, or letters and figures mixed up."""
    changes = sum(one.isdigit() != other.isdigit() for one, other in pairwise(word))
    return bool(_NUMBER.search(word)) or changes > 1 or len(word) > 30 or "\ufffd" in word


def _authority(parts: SplitResult) -> str:
    """Host in lower case, port unless it is the scheme's own. No user name."""
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in {None, DEFAULT_PORTS.get(parts.scheme)} else f"{name}:{parts.port}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _is_tracking(parameter: str) -> bool:
    name = parameter.lower()
    return name in TRACKING or name.startswith(("utm_", "pf_rd_", "pd_rd_"))
