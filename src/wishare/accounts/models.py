"""A person, what each circle may see of their profile, and where they are signed in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from wishare.core.ids import PublicIdField
from wishare.core.indexes import Index
from wishare.core.models import Row
from wishare.core.versions import VersionField


class Role(models.IntegerChoices):
    USER = 0, _("User")
    ADMIN = 1, _("Admin")
    SUPER_ADMIN = 2, _("Super admin")


class ProfileVisibility(models.IntegerChoices):
    PRIVATE = 0, _("Only me")
    CONNECTED_USERS = 1, _("My friends")
    PUBLIC = 2, _("Everyone")


class Locale(models.TextChoices):
    BROWSER = "", _("As my browser says")
    ENGLISH = "en", "English"
    PORTUGUESE = "pt-BR", "Português (Brasil)"


class Theme(models.TextChoices):
    SYSTEM = "system", _("As my device says")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail whatever its case; allauth and Django's own commands make users through it."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, **{**fields, "role": Role.SUPER_ADMIN})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(Row, AbstractBaseUser):
    """Signs in with an e-mail address; the address is shown to nobody else."""

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=100)
    role = models.PositiveSmallIntegerField(choices=Role, default=Role.USER)
    avatar = models.ImageField(_("photo"), upload_to="avatars", blank=True, max_length=100)
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    bio = models.TextField(_("about me"), max_length=500, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    instagram = models.CharField("Instagram", max_length=60, blank=True)
    facebook = models.CharField("Facebook", max_length=60, blank=True)
    x_twitter = models.CharField("X", max_length=60, blank=True)
    street_number = models.CharField(_("number"), max_length=20, blank=True)
    street_address = models.CharField(_("street"), max_length=200, blank=True)
    apartment_unit = models.CharField(_("apartment"), max_length=50, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True)
    address_visibility = models.PositiveSmallIntegerField(
        _("who sees my address"), choices=ProfileVisibility, default=ProfileVisibility.PRIVATE
    )
    bio_visibility = models.PositiveSmallIntegerField(
        _("who sees what I write about me"), choices=ProfileVisibility, default=ProfileVisibility.PUBLIC
    )
    website_visibility = models.PositiveSmallIntegerField(
        _("who sees my website"), choices=ProfileVisibility, default=ProfileVisibility.PUBLIC
    )
    socials_visibility = models.PositiveSmallIntegerField(
        _("who sees my social names"), choices=ProfileVisibility, default=ProfileVisibility.PUBLIC
    )
    locale = models.CharField(_("language"), max_length=5, choices=Locale, blank=True, default="")
    theme = models.CharField(_("colours"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    is_active = models.BooleanField(default=True)
    version = VersionField()
    #: Moves with all that this person's friends may see of them: profile, lists, friendships, news.
    circle_version = VersionField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        )
        indexes = (Index(fields=["created_at", "role"], name="index_users_registration_analytics"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return self.role >= Role.ADMIN

    @property
    def is_superuser(self) -> bool:
        return self.role == Role.SUPER_ADMIN

    @property
    def initials(self) -> str:
        """What stands for the photo where there is none: one or two letters."""
        words = self.name.split()
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


class Session(AbstractBaseSession, Row):
    """A browser's, kept by `sessions.py`. It ends with the account that is signed in, if one is."""

    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from wishare.accounts.sessions import SessionStore

        return SessionStore


class AccessToken(models.Model):
    """What a program shows in place of a password. Only its digest is kept: whoever reads the table cannot use it."""

    public_id = PublicIdField()
    owner = models.ForeignKey(User, models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    #: To the day: a request that reads writes at most once a day.
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "name"], name="access_token_name_once"),)
