"""A small believable demo: six people, their lists, and what they give each other.

`people.py`, `english.py` and `portuguese.py` say what there is; `loading.py` writes it through the actions.
"""

from wishare.pages.demo.loading import load, loaded, others
from wishare.pages.demo.people import PASSWORD, PEOPLE

__all__ = ["load", "loaded", "others", "sign_in_hint"]


def sign_in_hint() -> str:
    """Whom to be in the demo, indented as what `bin/serve` prints around it."""
    main, *rest = [person.email for person in PEOPLE]
    lines = [
        f"The demo: sign in as {main}",
        f"          with the password {PASSWORD}",
        "The others have the same password:",
        *(f"          {', '.join(rest[at : at + 3])}" for at in range(0, len(rest), 3)),
    ]
    return "\n".join(f"  {line}" for line in lines)
