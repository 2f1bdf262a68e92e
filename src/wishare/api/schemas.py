"""What answers look like; the OpenAPI document is made from this."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

SortBy = Literal["name_asc", "name_desc", "created_asc", "created_desc", "updated_asc", "updated_desc"]
SectionName = Literal["mine", "friends", "public"]


class Question(Schema):
    """Which lists, and in which order."""

    section: list[SectionName] = Field(["mine", "friends", "public"], min_length=1, description="May be repeated.")
    sort_by: SortBy = Field("created_desc", description="Public lists always come newest first.")
    mine: str = Field("", description="Where `mine` goes on; part of its `next`.")
    friends: str = Field("", description="Where `friends` goes on; part of its `next`.")
    public: str = Field("", description="Where `public` goes on; part of its `next`.")


class Person(Schema):
    id: str
    name: str
    url: str
    picture: str | None


class Preview(Schema):
    """One of the first wishes of a list."""

    name: str
    picture: str | None


class ListOfWishes(Schema):
    id: str
    name: str
    url: str = Field(description="The page of the list.")
    owner: Person
    visibility: Literal["private", "friends", "public"] | None = Field(description="Null unless the list is yours.")
    event_type: str = Field(description="As `birthday`; `none` for no occasion.")
    event_date: date | None
    cover: str | None
    item_count: int = Field(description="Wishes that are open.")
    previews: list[Preview] = Field(description="The first three of them, in the owner's order.")
    created_at: datetime
    updated_at: datetime


class Page(Schema):
    lists: list[ListOfWishes]
    next: str | None = Field(description="The address of the next page; null on the last one.")


class Answer(Schema):
    """The sections that were asked for."""

    mine: Page | None = None
    friends: Page | None = None
    public: Page | None = None


class Problem(Schema):
    detail: str
