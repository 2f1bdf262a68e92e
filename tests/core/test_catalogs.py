"""What is extracted is what is looked up; what is wrong in a catalog is found."""

from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.core.management import CommandError, call_command
from django.template import engines
from django.utils.translation import override
from pytest_django import Settings

from wishare.core import catalogs, hardcoded

pytestmark = pytest.mark.once

# (template, what it shows when every text is translated by putting « » around it, plural text for 2)
TRICKY = [
    ("{% load i18n %}{% translate 'Plain' %}", "«Plain»"),
    ('{% load i18n %}{% translate "It\'s 100% \\"it\\"" %}', '«It\'s 100% "it"»'),
    ("{% load i18n %}{% translate 'Open' context 'verb' %}", "«Open»"),
    ("{% load i18n %}{% translate 'shout'|upper %}", "«SHOUT»"),
    ("{% load i18n %}{% translate 'Kept' as kept %}{{ kept }}", "«Kept»"),
    ('{{ _("Marked \\"it\\"") }}', '«Marked "it"»'),
    ("{{ nothing|default:_('Nobody') }}", "«Nobody»"),
    ('{% if _("a") == _("a") %}{% firstof nothing _("First") %}{% endif %}', "«First»"),
    ('{% with label=_("Label") %}{{ label }}{% endwith %}', "«Label»"),
    ("{% load i18n %}{% blocktranslate %}Hi {{ name }}, 50% off{% endblocktranslate %}", "«Hi Zé, 50% off»"),
    (
        "{% load i18n %}{% blocktranslate trimmed %}\n  one\n  line of {{ name }}\n{% endblocktranslate %}",
        "«one line of Zé»",
    ),
    (
        "{% load i18n %}{% blocktranslate %}\n  not\n  trimmed {% endblocktranslate %}",
        "«\n  not\n  trimmed »",
    ),
    (
        (
            "{% load i18n %}{% blocktranslate trimmed count n=2 context 'x' %}\n{{ n }} gift{% plural %}"
            "{{ n }} gifts for {{ name }}\n{% endblocktranslate %}"
        ),
        "«2 gifts for Zé»",
    ),
    (
        "{% load i18n %}{% blocktranslate with who=name|upper asvar t %}By {{ who }}{% endblocktranslate %}{{t}}",
        "«By ZÉ»",
    ),
    (
        "{% load i18n %}{% if 1 %}{% for x in name %}{% empty %}{% endfor %}{% translate 'Deep' %}{% endif %}",
        "«Deep»",
    ),
    (
        "{% load i18n %}{% partialdef p %}{% translate 'Partial' %}{% endpartialdef %}{% partial p %}",
        "«Partial»",
    ),
    ("{% load i18n %}{% comment %}{% translate 'Never' %}{% endcomment %}{% translate 'Ever' %}", "«Ever»"),
]


def mark(catalog: Catalog) -> None:
    """A translation that shows that it was found."""
    for message in catalogs.entries(catalog).values():
        ids = message.id if isinstance(message.id, tuple | list) else [message.id]
        marked = tuple(f"«{id}»" for id in ids)
        message.string = marked if len(marked) > 1 else marked[0]


@pytest.mark.parametrize(("source", "shown"), TRICKY)
def test_a_template_looks_up_exactly_what_was_extracted(
    source: str, shown: str, tmp_path: Path, settings: Settings
) -> None:
    catalog = Catalog(locale="pt_BR")
    for msgid, context in catalogs.template_messages(source):
        catalog.add(msgid, context=context)
    settings.LOCALE_PATHS = [tmp_path]
    write_marked(catalog)
    with override("pt-br"):
        assert engines["django"].from_string(source).render({"name": "Zé"}) == shown


def write_marked(catalog: Catalog) -> None:
    """Write a catalog, translate what is in the file, write that, and compile it."""
    catalogs.update(catalogs.path(), catalog)
    written = catalogs.read(catalogs.path())
    mark(written)
    catalogs.save(catalogs.path(), written)
    assert catalogs.compile_changed() == [catalogs.path().with_suffix(".mo")]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small source tree with Python and a template."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "code.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        "A = _('From code')\nB = ngettext('%(n)s item', '%(n)s items', 2)\nC = pgettext('verb', 'Open')\n"
        "D = _('joined ' 'text')\n"
    )
    (tmp_path / "templates" / "page.html").write_text("{% load i18n %}<p>{% translate 'From page' %}</p>")
    (tmp_path / "templates" / "mail.txt").write_text("{% load i18n %}{% translate 'From mail' %}")
    return tmp_path


def test_python_html_and_text_are_all_read(tree: Path) -> None:
    assert set(catalogs.entries(catalogs.extract(tree))) == {
        ("From code", None),
        ("%(n)s item", None),
        ("Open", "verb"),
        ("joined text", None),
        ("From page", None),
        ("From mail", None),
    }


def test_an_update_keeps_translations_drops_what_is_gone_and_is_repeatable(tree: Path) -> None:
    file = tree / "django.po"
    wanted = catalogs.extract(tree)
    catalogs.update(file, wanted)
    catalogs.save(file, translated(file))
    before = file.read_text()
    catalogs.update(file, wanted)
    assert file.read_text() == before
    assert "«From page»" in before
    assert "Date" not in before
    (tree / "templates" / "page.html").unlink()
    catalogs.update(file, catalogs.extract(tree))
    assert "From page" not in file.read_text()
    assert "«From mail»" in file.read_text()


def translated(file: Path) -> Catalog:
    catalog = catalogs.read(file)
    mark(catalog)
    return catalog


@pytest.fixture
def complete(tree: Path) -> tuple[Catalog, Catalog]:
    """(a catalog without a problem, what the code wants)."""
    wanted = catalogs.extract(tree)
    catalogs.update(tree / "django.po", wanted)
    have = translated(tree / "django.po")
    assert catalogs.problems(have, wanted) == []
    return have, wanted


@pytest.mark.parametrize(
    ("id", "string", "problem"),
    [
        ("From page", "", "empty: 'From page'"),
        ("%(n)s item", ("um item", "%(n)s itens"), "placeholders differ: '%(n)s item'"),
        ("%(n)s item", ("%(n)s item", "%(m)s itens"), "placeholders differ: '%(n)s item'"),
        ("%(n)s item", ("%(n)s item", ""), "empty: '%(n)s item'"),
        ("From page", "De {x}", "placeholders differ: 'From page'"),
    ],
)
def test_a_wrong_translation_is_named(
    complete: tuple[Catalog, Catalog], id: str, string: str | tuple[str, str], problem: str
) -> None:
    have, wanted = complete
    catalogs.entries(have)[(id, None)].string = string
    assert catalogs.problems(have, wanted) == [problem]


def test_missing_obsolete_and_fuzzy_entries_are_named(complete: tuple[Catalog, Catalog]) -> None:
    have, wanted = complete
    wanted.add("New")
    have.add("Old", "Velho")
    catalogs.entries(have)[("From mail", None)].flags.add("fuzzy")
    assert catalogs.problems(have, wanted) == ["fuzzy: 'From mail'", "missing: 'New'", "obsolete: 'Old'"]


def test_the_same_text_with_another_context_is_another_entry(complete: tuple[Catalog, Catalog]) -> None:
    have, wanted = complete
    wanted.add("Open", context="adjective")
    assert catalogs.problems(have, wanted) == ["missing: 'Open' [adjective]"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>\n Hello {{ name }}</p>", ["page.html:2: Hello"]),
        ("<img alt='A cat'>", ["page.html:1: A cat"]),
        ('<a aria-label="Close {{ x }}" href="/about">{{ x }}</a>', ["page.html:1: Close"]),
        ("{% if x %}<input placeholder='Name'>{% endif %}", ["page.html:1: Name"]),
        ("<p>{% translate 'Hello' %} &nbsp;·&nbsp; 12 {# a note #}</p>", []),
        ("{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}", []),
        ("{% comment %}words{% endcomment %}<a title='{% translate \"x\" %}' class='a b'></a>", []),
        ("<b translate='no'>Wish<i>are</i></b><style>p{}</style><script>let a</script>", []),
        ("<b translate='no'>Wishare<br>x</b> said", ["page.html:1: said"]),
        ("{% block main_class %}wide{% endblock %}{% block main %}wide{% endblock %}", ["page.html:1: wide"]),
        ("{% block attributes %} data-x='{{ x }}' data-y='y'{% endblock %}<p>Hi</p>", ["page.html:1: Hi"]),
        ("\n{% block attributes %} title='Go' data-x='y'{% endblock %}", ["page.html:2: Go"]),
        ("<li class='a'{% block attributes %} data-x='y'{% endblock %} title='Go'>", ["page.html:1: Go"]),
        ("<!-- a note --><p>{% url 'home' %}</p>", []),
    ],
)
def test_hard_coded_text_of_a_page_is_found(source: str, found: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(source)
    assert hardcoded.find(page) == found


def test_hard_coded_text_of_a_mail_is_found(tmp_path: Path) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text("{% translate 'Hi' %} {{ name }},\n\n<{{ url }}>\nBye\n")
    assert hardcoded.find(mail) == ["mail.txt:4: Bye"]


def test_the_check_command_lists_what_is_wrong(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match="missing: "):
        call_command("messages", "--check")
    monkeypatch.setattr(hardcoded, "find", lambda template: [])
    call_command("messages", stdout=StringIO())
    catalogs.save(catalogs.path(), translated(catalogs.path()))
    call_command("messages", "--check", stdout=StringIO())
    monkeypatch.setattr(hardcoded, "find", lambda template: [f"{template.name}:1: Hi"])
    with pytest.raises(CommandError, match=r"hard-coded: .*\.html:1: Hi"):
        call_command("messages", "--check")


def test_a_catalog_is_compiled_only_when_it_changed(settings: Settings, tree: Path) -> None:
    settings.LOCALE_PATHS = [tree / "locale"]
    catalogs.update(catalogs.path(), catalogs.extract(tree))
    assert len(catalogs.compile_changed()) == 1
    assert catalogs.compile_changed() == []
