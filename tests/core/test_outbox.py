"""Mail without a mail server: printed, kept privately, read back."""

import stat
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from wishare.core import outbox


@pytest.fixture(autouse=True)
def directory(settings: Settings, tmp_path: Path) -> Path:
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return tmp_path / "outbox"


def send(subject: str = "Olá, Zé", body: str = "Click https://example.org/x", html: str = "") -> None:
    message = EmailMultiAlternatives(subject, body, "us@example.org", ["ze@example.org", "ana@example.org"])
    if html:
        message.attach_alternative(html, "text/html")
    assert outbox.EmailBackend().send_messages([message]) == 1


def test_a_sent_mail_is_read_back_with_both_bodies() -> None:
    send(html="<p>Click <b>here</b>, Zé</p>")
    [summary] = outbox.messages()
    mail = outbox.read(summary.id)
    assert mail is not None
    assert (summary.to, summary.subject) == ("ze@example.org, ana@example.org", "Olá, Zé")
    assert mail.summary == summary
    assert mail.text.strip() == "Click https://example.org/x"
    assert mail.html.strip() == "<p>Click <b>here</b>, Zé</p>"


def test_a_plain_mail_has_no_html() -> None:
    send()
    mail = outbox.read(outbox.messages()[0].id)
    assert mail is not None
    assert mail.html == ""


def test_the_console_shows_the_link_and_cuts_long_bodies(capsys: pytest.CaptureFixture[str]) -> None:
    send(body="\n".join(["https://example.org/confirm/abc", *map(str, range(100, 160))]))
    shown = capsys.readouterr().out
    assert "https://example.org/confirm/abc" in shown
    assert "mail to ze@example.org, ana@example.org: Olá, Zé" in shown
    assert "118" in shown
    assert "119" not in shown
    assert "41 more lines" in shown


def test_only_the_owner_of_the_process_can_read_mail(directory: Path) -> None:
    send()
    [file] = directory.iterdir()
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_newest_are_kept_and_listed_first(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "KEPT", 3)
    for number in range(5):
        send(subject=f"mail {number}")
    assert [summary.subject for summary in outbox.messages()] == ["mail 4", "mail 3", "mail 2"]
    assert len(list(directory.iterdir())) == 3


def test_nothing_outside_the_outbox_can_be_read(directory: Path) -> None:
    send()
    id = outbox.messages()[0].id
    secret = directory.parent / "secret.eml"
    secret.write_text("Subject: secret\n\ntext")
    assert outbox.read(id) is not None
    for attempt in (
        "../secret",
        f"../outbox/{id}",
        "",
        "x",
        id + "\n",
        f"{id[:-1]}A",
        f"{id}.eml",
        "20260101T000000000000-0",
    ):
        assert outbox.read(attempt) is None, attempt
    assert outbox.read("20200101T000000000000-00000000") is None


def test_an_empty_outbox_is_an_empty_list() -> None:
    assert outbox.messages() == []
