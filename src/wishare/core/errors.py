"""The one exception an action raises when it may not do what was asked."""


class Refused(Exception):  # noqa: N818 (reads as what happened: «raise Refused», «except Refused»)
    """Something that a person asked for and that cannot be; `str()` is a translated sentence to show them."""
