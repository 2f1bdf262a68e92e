"""What people, programs and attackers may put into a form: Hypothesis strategies for fields and files."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import settings
from hypothesis import strategies as st

from tests.core.test_images import SEEDS

NASTY = [
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "\x1b[31m",
        "\u202etxt",
        "\u200b",
        "\ufeff",
        "\r\nSet-Cookie: a=b",
        "\\",
        "%00",
        "%s%n",
    ),
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ settings.SECRET_KEY }}",
        "{% load x %}",
        "';--",
    ),
    *(
        "-1",
        "0",
        "-0",
        "1e999",
        "0e999999999",
        "NaN",
        "Infinity",
        "9" * 400,
        "0x1",
        "١٢",
        "1.5",
        "1,5",
        "True",
        "None",
    ),
    *("0000-00-00", "2030-02-31", "9999-12-31", "0001-01-01", "99999-01-01", "2030-06-15", "2199-12-31"),
    *(
        "javascript:alert(1)",
        "https://shop.example:99999/",
        "https://[::1",
        "//other.example",
        "/\\other.example",
        "home",
    ),
    *(
        "https://shop.example.org/book?id=7",
        "friends",
        "..",
        "/",
        "?",
        "#",
        "http:///x",
        "mailto:a@example.org",
    ),
    *(
        "a@example.org",
        "clara.owner@example.org",
        "A" * 300 + "@example.org",
        "en",
        "pt-BR",
        "zz",
        "dark",
        "up",
        "top",
    ),
]


def examples(share: float) -> settings:
    """So many times what the chosen Hypothesis profile tries: HYPOTHESIS_PROFILE=search looks further."""
    return settings(max_examples=int(settings().max_examples * share))


texts = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = (st.integers(-(10**30), 10**30) | st.integers(-3, 1000)).map(str)
moments = (st.dates() | st.datetimes()).map(str)
values = texts | numbers | moments | st.just("x" * 5000)
files = st.builds(
    SimpleUploadedFile,
    st.sampled_from(["a.jpg", "a.html", "../../x.png", "ü" * 120, "a\x00.png"]),
    st.binary(max_size=60) | st.sampled_from(SEEDS) | st.sampled_from(SEEDS).map(lambda seed: seed[: len(seed) // 2]),
    st.sampled_from(["image/png", "text/html", "", "x" * 50]),
)


def changed(data: dict[str, str], names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A form that was right, with some fields replaced, missing or added; some come several times, or as a file."""
    field = values | st.lists(values, max_size=3) | files
    replaced = st.dictionaries(st.sampled_from(names), field, max_size=4)
    missing = st.sets(st.sampled_from(sorted(data) or [""]), max_size=2)
    return st.builds(
        lambda more, less: {name: value for name, value in {**data, **more}.items() if name not in less - more.keys()},
        replaced,
        missing,
    )
