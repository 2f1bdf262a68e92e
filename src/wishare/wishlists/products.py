"""When two addresses mean the same product."""

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

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


def product_key(url: str) -> str:
    """A digest that is equal for addresses of one product: without tracking, fragment, `www.` and scheme.

    Parameters that choose the product or its variant (`?v=`, `?id=`) stay. Empty for an empty address.
    """
    if not url:
        return ""
    return hashlib.sha256(canonical(url).encode()).hexdigest()


def canonical(url: str) -> str:
    """The part of an address that tells products apart; not meant to be opened."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(k))
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(query)}"


def _is_tracking(parameter: str) -> bool:
    name = parameter.lower()
    return name in TRACKING or name.startswith(("utm_", "pf_rd_", "pd_rd_"))
