"""What a password must be made of; length and commonness are checked by Django."""

import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST, LONGEST = 12, 128


class CharacterClassesValidator:
    """12–128 characters with an upper-case letter, a lower-case letter, a digit and something else."""

    def validate(self, password: str, user: object = None) -> None:
        if missing := self._missing(password):
            raise ValidationError(
                _("Your password still needs: %(missing)s.") % {"missing": ", ".join(missing)},
                code="password_classes",
            )

    def get_help_text(self) -> str:
        return _("12 characters or more, with an upper-case and a lower-case letter, a digit and a special character.")

    def _missing(self, password: str) -> list[str]:
        needs = {
            _("12 characters or more"): len(password) >= SHORTEST,
            _("128 characters or fewer"): len(password) <= LONGEST,
            _("an upper-case letter"): any(c.isupper() for c in password),
            _("a lower-case letter"): any(c.islower() for c in password),
            _("a digit"): any(c in string.digits for c in password),
            _("a special character"): any(not c.isalnum() for c in password),
        }
        return [need for need, met in needs.items() if not met]
