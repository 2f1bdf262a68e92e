"""Programs of people, as they call the API."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.support.cast import token_of
from wishare.accounts.models import User

Json = dict[str, Any]


class Program:
    """Somebody's, with a token of theirs."""

    def __init__(self, person: User) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token_of(person)}"})

    def get(self, address: str = "", **query: Any) -> HttpResponse:
        response: HttpResponse = self.client.get(address or reverse("api:wishlists"), query)  # type: ignore[assignment]
        return response

    def sections(self, address: str = "", **query: Any) -> Json:
        """What it is answered, which has to be the lists."""
        response = self.get(address, **query)
        assert response.status_code == 200, response.content
        answer: Json = response.json()  # type: ignore[attr-defined]
        return answer

    def names(self, **query: Any) -> dict[str, list[str]]:
        """Of the lists in each section."""
        return {name: [row["name"] for row in page["lists"]] for name, page in self.sections(**query).items()}

    def all_names(self, section: str, **query: Any) -> list[str]:
        """Of a section, followed to its end."""
        names: list[str] = []
        page = self.sections(section=section, **query)[section]
        names += [row["name"] for row in page["lists"]]
        while page["next"]:
            page = self.sections(page["next"])[section]
            names += [row["name"] for row in page["lists"]]
        return names
