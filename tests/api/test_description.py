"""What the OpenAPI document says is what programs are answered."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.api.programs import Program
from tests.support.cast import make_world
from wishare.api import schemas
from wishare.wishlists.loading import SECTIONS, SORTS

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Client().get(reverse("api:openapi-json")).content)
    return found


def test_it_names_the_path_its_token_and_all_answers(document: dict[str, Any]) -> None:
    [(path, methods)] = document["paths"].items()
    assert path == reverse("api:wishlists")
    [(method, operation)] = methods.items()
    assert method == "get"
    assert {"200", "401", "429"} <= operation["responses"].keys()
    [name] = [name for requirement in operation["security"] for name in requirement]
    scheme = document["components"]["securitySchemes"][name]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert document["openapi"].startswith("3.")


def test_questions_are_those_of_the_page(document: dict[str, Any]) -> None:
    parameters = {row["name"]: row for row in document["paths"][reverse("api:wishlists")]["get"]["parameters"]}
    assert parameters["sort_by"]["schema"]["enum"] == [*SORTS]
    assert parameters["section"]["schema"]["items"]["enum"] == [*SECTIONS]
    assert set(SECTIONS) < parameters.keys()
    assert not any(parameter["required"] for parameter in parameters.values())


@pytest.mark.parametrize("who", ["owner", "friend", "stranger"])
def test_answers_have_the_shape_that_is_described(who: str) -> None:
    answer = Program(getattr(make_world(), who)).sections()
    read = schemas.Answer.model_validate(answer)
    pages = [page for page in (read.mine, read.friends, read.public) if page]
    assert len(pages) == len(SECTIONS)
    assert [row for page in pages for row in page.lists]
    for page in answer.values():
        assert page.keys() == schemas.Page.model_fields.keys()
        for row in page["lists"]:
            assert row.keys() == schemas.ListOfWishes.model_fields.keys()
            assert row["owner"].keys() == schemas.Person.model_fields.keys()
            assert all(preview.keys() == schemas.Preview.model_fields.keys() for preview in row["previews"])


def test_the_guide_explains_each_parameter_and_each_answer(document: dict[str, Any]) -> None:
    guide = (ROOT / "docs/api.md").read_text()
    operation = document["paths"][reverse("api:wishlists")]["get"]
    rows = {line.split("|")[1].strip(" `") for line in guide.splitlines() if line.startswith("| `")}
    assert rows == {row["name"] for row in operation["parameters"]} | {"401", "422", "429"}
    assert all(path in guide for path in [*document["paths"], reverse("api:openapi-json"), reverse("account_tokens")])


def test_the_page_for_people_shows_how_to_ask() -> None:
    page = Client().get(reverse("api:api-root")).content.decode()
    assert f"http://testserver{reverse('api:wishlists')}" in page
    assert reverse("account_tokens") in page
    assert reverse("api:openapi-json") in page
