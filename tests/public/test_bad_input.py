"""Bad input to the service: a clear answer, nothing lost, nothing executed, nothing half done."""

import datetime
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

SENTENCE = "A sentence that says enough about what is done, for whom, and with what."
# What is asked for beside what a row says, of pledges and of practices.
REST = {"by": "Ministry", "stakeholder": "state", "form": "process", "mode": "individual", "level": "local"} | dict.fromkeys(
    ("description", "context", "aim", "activities", "beneficiaries", "results", "lessons", "replication"), f'"{SENTENCE}"'
)  # fmt: skip
HEAD = "kind,id,title,language,objectives,areas\n"


def whole(rows: str) -> str:
    """A table of such rows, each filled up with what is asked for."""
    head, rest = HEAD.strip(), ",".join(REST.values())
    return "\n".join([",".join([head, *REST]), *(f"{row},{rest}" for row in rows.strip().split("\n")), ""])


@pytest.fixture
def editor(signed_in: Any) -> Any:
    return signed_in("editor")


def send(browser: Any, name: str, content: bytes) -> Any:
    return browser.post("/en/desk/import/", {"file": SimpleUploadedFile(name, content)})


def count() -> int:
    from opencompact.public.models import Record

    return Record.objects.count()


def test_a_file_is_imported_and_versions_are_kept(editor: Any) -> None:
    before = count()
    response = send(editor, "a.csv", whole("pledge,first,A pledge,en,8,KEN").encode())
    assert response.status_code == 200, response.content.decode()
    send(editor, "b.csv", whole("pledge,first,Another title,en,8,KEN\npledge,,Without id,en,9,KEN").encode())
    from opencompact.public.models import Record

    record = Record.objects.get(identifier="first")
    assert (count(), record.title, record.version) == (before + 2, "Another title", 2)
    assert list(record.versions.order_by("number").values_list("fields", flat=True))[1] == ["title"]


def test_a_first_large_load_can_be_searched_as_any_other(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    from opencompact.public import stored
    from opencompact.public.importing import import_file
    from opencompact.public.listing import Filters
    from opencompact.public.models import Record

    Record.objects.all().delete()
    monkeypatch.setattr(stored, "_LARGE", 0)
    path = tmp_path / "a.csv"
    path.write_text(whole("pledge,first,Register every birth,en,4,KEN"))
    assert import_file(path=path, by="test").new == 1
    assert Filters(q="births").records(datetime.date(2026, 1, 1)).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'record_tokens'")
        assert cursor.fetchone()


def test_one_fault_and_nothing_of_the_file_is_imported(editor: Any) -> None:
    before = count()
    response = send(editor, "a.csv", (HEAD + "pledge,one,A pledge,en,8,KEN\npledge,two,Another,en,88,KEN\n").encode())
    html = response.content.decode()
    assert (response.status_code, count()) == (422, before)
    assert "row 3, column objectives" in html
    assert "Nothing was imported" in html


def test_a_formula_is_kept_as_text_and_leaves_as_text(editor: Any, client: Any) -> None:
    send(editor, "a.csv", whole('"pledge","formula","=HYPERLINK(""https://example.org"")","en","8","KEN"').encode())
    text = b"".join(client.get("/actions.csv?q=HYPERLINK").streaming_content).decode()
    assert "'=HYPERLINK" in text


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(40 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.csv", (HEAD + 'pledge,a,"A pl').encode(), "row 2"),
        ("empty.csv", b" ", "The file is empty"),
        ("text.pdf", b"%PDF-1.7", "This is not a table"),
        ("text.docx", b"PK", "This is not a table"),
        ("bomb.docx", zip_bomb(), "This is not a table"),
        ("bomb.xlsx", zip_bomb(), "unpacks to far more"),
        ("cut.xlsx", b"PK\x03\x04 and no more", "truncated or damaged"),
        ("page.csv", b"<html><body>", "no column"),
        ("latin.csv", HEAD.encode() + "pledge,a,Ação,en,8,BRA\n".encode("latin-1"), "not in UTF-8"),
        ("../../etc/passwd.csv", b"\x00\x01\x02", "no column"),
    ],
)
def test_a_bad_file_gets_a_clear_answer(editor: Any, name: str, content: bytes, said: str) -> None:
    before = count()
    response = send(editor, name, content)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert count() == before


@pytest.mark.parametrize(
    ("code", "limit", "remedy"),
    [
        ("en", "larger than 20", "Split it into smaller files."),
        ("fr", "20 Mo", "Divisez-le en fichiers plus petits."),
        ("ar", "20", "قسّمه إلى ملفات أصغر."),
        ("zh", "20 MB", "请将其拆分成较小的文件。"),
    ],
)
def test_a_file_of_200_megabytes_is_refused_before_it_is_read(editor: Any, code: str, limit: str, remedy: str) -> None:
    response = editor.generic(
        "POST",
        f"/{code}/desk/import/",
        b"",
        CONTENT_LENGTH=str(200 << 20),
        content_type="multipart/form-data; boundary=x",
    )
    html = response.content.decode()
    assert response.status_code == 413
    assert limit in html
    assert remedy in html
    assert "<main" in html


def test_a_form_that_no_form_here_sends_gets_a_page_too(signed_in: Any) -> None:
    response = signed_in("contributor").post("/fr/desk/new/pledge/", {"title": "x" * (2 << 20)})
    assert response.status_code == 413
    assert "Un formulaire admet au plus" in response.content.decode()


TURNED = "A \u202edegdelp\u202c title\x07"


def test_signs_that_nobody_sees_are_taken_out_of_a_form_and_it_says_so(signed_in: Any, practice: Any) -> None:
    from opencompact.public.models import Record

    author = signed_in("contributor")
    page = author.post("/en/desk/new/practice/", practice | {"title": TURNED}, follow=True)
    assert "Signs that nobody sees were taken out" in page.content.decode()
    assert Record.objects.latest("id").title == "A degdelp title"


def test_a_report_and_a_countrys_own_words_hold_no_such_signs(signed_in: Any) -> None:
    from opencompact.public.models import CountryText, Record

    editor = signed_in("editor")
    report = {"day": "2025-05-31", "stage": "under-way", "text": TURNED, "evidence": "", "reference": ""}
    editor.post("/en/desk/actions/synthetic-pledge-rescue/progress/", report)
    said = Record.objects.get(identifier="synthetic-pledge-rescue").action.progress
    assert "A degdelp title" in [update.text for update in said]
    focal = signed_in("focal-point", "QMA")
    focal.post("/en/desk/areas/QMA/objectives/8/", {"text": "One\r\n\u2067two\u2069", "version": "0"})
    assert CountryText.objects.get(area="QMA", objective=8, language="en").text == "One\ntwo"


def test_own_words_beyond_what_a_review_holds_are_refused_and_not_cut(signed_in: Any) -> None:
    focal = signed_in("focal-point", "QMA")
    sent = focal.post("/en/desk/areas/QMA/objectives/8/", {"text": "word " * 5000, "version": "0"})
    assert sent.status_code == 422
    assert "at most 20,000 can be kept" in sent.content.decode() or "at most 20000 can be kept" in sent.content.decode()
    assert sent.content.decode().count("word ") > 4900


def test_an_import_names_the_sign_and_its_place(editor: Any) -> None:
    html = send(editor, "a.csv", (HEAD + "pledge,a,A \u202etitle,en,8,KEN\n").encode()).content.decode()
    assert "row 2, column title" in html
    assert "Remove U+202E" in html


def test_a_focal_point_imports_only_what_is_of_the_area_and_it_waits_for_the_editors(signed_in: Any) -> None:
    from opencompact.public.models import Record

    focal = signed_in("focal-point", "QMA")
    assert send(focal, "a.csv", whole("pledge,ours,A pledge,en,8,QMA\n").encode()).status_code == 200
    assert Record.objects.get(identifier="ours").stage == "submitted"
    for row in ("pledge,theirs,A pledge,en,8,QMB", "pledge,both,A pledge,en,8,QMA; QMB", "pledge,none,A pledge,en,8,"):
        assert send(focal, "a.csv", whole(row + "\n").encode()).status_code == 422
    taken = send(focal, "a.csv", whole("pledge,synthetic-pledge-rescue,Mine now,en,8,QMA\n").encode())
    assert taken.status_code == 422


def test_a_focal_point_takes_no_other_country_off_by_a_file(signed_in: Any, editor: Any) -> None:
    from opencompact.public.models import Record

    focal = signed_in("focal-point", "QMA")
    assert send(editor, "a.csv", whole("pledge,joint,A pledge,en,8,QMA; QMB\n").encode()).status_code == 200
    refused = send(focal, "b.csv", whole("pledge,joint,Mine alone,en,8,QMA\n").encode())
    assert refused.status_code == 422
    assert "added or taken away" in refused.content.decode()
    assert Record.objects.get(identifier="joint").areas == ["QMA", "QMB"]
    assert send(focal, "c.csv", whole("pledge,joint,Of both,en,8,QMA; QMB\n").encode()).status_code == 200
    assert Record.objects.get(identifier="joint").title == "Of both"


def test_a_practice_that_an_editor_imports_waits_for_its_reviewers(editor: Any, client: Any) -> None:
    from opencompact.public.models import Record

    rows = "practice,repeat,A practice,en,8,QMA\npledge,promise,A pledge,en,8,QMA\n"
    response = send(editor, "a.csv", whole(rows).encode())
    assert "wait for their reviewers now: 1" in response.content.decode()
    assert Record.objects.get(identifier="repeat").stage == "submitted"
    assert Record.objects.get(identifier="promise").stage == "published"
    assert client.get("/en/actions/repeat/").status_code == 404
    changed = send(editor, "b.csv", whole("practice,repeat,Another,en,8,QMA\n").encode())
    assert changed.status_code == 422
    assert "The practice is being reviewed" in changed.content.decode()


def test_a_file_does_not_change_what_was_withdrawn(editor: Any) -> None:
    from opencompact.public.models import Record

    row = "pledge,gone,A pledge,en,8,QMA\n"
    send(editor, "a.csv", whole(row).encode())
    editor.post("/en/desk/actions/gone/withdraw/", {"reason": "Entered twice."})
    assert send(editor, "a.csv", whole(row).encode()).status_code == 200, "what says nothing new changes nothing"
    response = send(editor, "b.csv", whole(row.replace("A pledge", "Another")).encode())
    assert response.status_code == 422
    assert "The action was withdrawn" in response.content.decode()
    assert Record.objects.get(identifier="gone").version == 1


def test_contacts_survive_an_import_that_does_not_speak_of_them(editor: Any) -> None:
    from opencompact.public.models import Record

    send(editor, "a.csv", b"kind,id,title,language,objectives,contact\npledge,kept,A pledge,en,8,someone@example.org\n")
    send(editor, "b.csv", (HEAD + "pledge,kept,A new title,en,8,KEN\n").encode())
    assert Record.objects.get(identifier="kept").action.contact == "someone@example.org"


def test_the_database_must_speak_unicode(service: Path) -> None:
    from opencompact.errors import StoreError
    from opencompact.public.database import assert_unicode

    class Cursor:
        def __init__(self, row: tuple[Any, ...]) -> None:
            self.row = row

        def execute(self, sql: str) -> None:
            pass

        def fetchone(self) -> tuple[Any, ...]:
            return self.row

    for row in (("SQL_ASCII", True, True), ("UTF8", False, True), ("UTF8", True, False)):
        with pytest.raises(StoreError, match="UTF-8 locale"):
            assert_unicode(Cursor(row))
    from django.db import connection

    with connection.cursor() as cursor:
        assert_unicode(cursor)


def test_settings_for_the_open_network_pass_djangos_own_check(service: Path) -> None:
    import os
    import secrets

    # All that SECURITY.md asks for: nothing is taken from what an earlier test's service left.
    given = {
        "OPENCOMPACT_HTTPS": "yes",
        "OPENCOMPACT_HOSTS": "review.example.org",
        "OPENCOMPACT_SECRET": secrets.token_urlsafe(50),
    }
    environment = os.environ | given | {"DJANGO_SETTINGS_MODULE": "opencompact.public.settings"}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_the_service_listens_on_a_network_only_behind_https(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from opencompact.errors import UsageError
    from opencompact.public.serving import Service, configure

    monkeypatch.delenv("OPENCOMPACT_HTTPS", raising=False)
    with pytest.raises(UsageError, match="HTTPS"):
        configure(Service(state=tmp_path, host="0.0.0.0"), "postgresql:///x")


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///a.db", ""])
def test_only_postgresql_is_a_database_of_the_service(url: str) -> None:
    from opencompact.errors import UsageError
    from opencompact.public.environment import database

    with pytest.raises(UsageError):
        database(url)


def test_models_and_migrations_agree(service: Path) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
