"""Text from people and from other sites, as it may be kept and shown."""

import re

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def printable(text: str) -> str:
    """Without characters that cannot be seen and can only harm: controls, direction overrides, zero widths, halves of
    characters that no database takes."""
    return _UNSEEN.sub("", text).strip()


def shortened(text: str, most: int) -> str:
    """At most so many characters; a text that is cut ends with a whole word and an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(maxsplit=1)[0] if ' ' in cut[most // 2 :] else cut}…"
