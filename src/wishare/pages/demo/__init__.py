"""A small believable demo: six people, their lists, and what they give each other, and an admin.

`people.py`, `english.py` and `portuguese.py` say what there is; `loading.py` writes it through the actions.
"""

from collections.abc import Sequence

from wishare.pages.demo.loading import has_admin, load, loaded, other_accounts
from wishare.pages.demo.people import PASSWORD, PEOPLE
from wishare.pages.demo.shapes import Person

__all__ = ["load", "loaded", "other_accounts", "sign_in_hint"]


def sign_in_hint() -> str:
    """Whom to be in the demo, indented as what `bin/serve` prints around it."""
    main, *others = (person for person in PEOPLE if not person.admin)
    [admin] = (person for person in PEOPLE if person.admin)
    lines = [
        f"Demo sign-in:      {main.email}",
        f"Password:          {PASSWORD}",
        f"Others like it:    {_addresses(others, 'en')}",
        f"Em português:      {_addresses(others, 'pt-BR')}",
    ]
    if has_admin():
        lines.append(f"An admin:          {admin.email} (growth, switches, queues)")
    return "\n".join(f"  {line}" for line in lines)


def _addresses(people: Sequence[Person], locale: str) -> str:
    return ", ".join(person.email for person in people if person.locale == locale)
