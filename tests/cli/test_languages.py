"""The terminal in six languages: which one it speaks, and that errors, findings, tables, summaries and help are in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unicodedata import category

import click
import pytest
from babel.messages.extract import extract_from_dir
from click.testing import CliRunner, Result

from opencompact.cli import clicks, speaking
from opencompact.cli.main import COMMANDS, main, opencompact
from opencompact.cli.speaking import asked_for, cells
from opencompact.errors import InputError, UnknownCodeError
from opencompact.language import counted, one_of, said, told

OTHERS = ("ar", "zh", "es", "fr", "ru")


def run(language: str, *arguments: str) -> Result:
    return CliRunner().invoke(opencompact, ["--language", language, *arguments])


def words(text: str) -> str:
    """The text without the marks that keep values whole."""
    return "".join(sign for sign in text if category(sign) != "Cf")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "births.csv"
    file.write_text('indicator,area,period,value\n16.9.1,MEX,2023,"1,200"\n16.9.1,MEX,2022,<5\n', encoding="utf-8")
    return file


# --- which language ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "es_MX"}, "es"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "es_MX", "LC_ALL": "C"}, "en"),
        ({"LC_ALL": "ru_RU", "OPENCOMPACT_LANG": "zh-Hans"}, "zh"),
        ({"LC_ALL": "", "LANG": "ar"}, "ar"),
    ],
)
def test_the_environment_says_which_language(environment: dict[str, str], language: str) -> None:
    assert asked_for(environment) == language


def test_a_variable_that_names_no_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENCOMPACT_LANG", "klingon")
    with pytest.raises(UnknownCodeError, match="not a language of OpenCompact"):
        speaking.choose(None)


def test_english_reads_no_catalogue() -> None:
    script = (
        "import sys; from opencompact.cli.main import main\n"
        "try: main(['check', 'absent.csv'])\n"
        "except SystemExit: pass\n"
        "assert 'opencompact.language.catalogue' not in sys.modules, 'catalogue'\n"
    )
    environment = {**os.environ, "OPENCOMPACT_LANG": "en"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_the_list_of_commands_imports_neither_catalogues_nor_rooms() -> None:
    script = (
        "import sys; from opencompact.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'babel', 'polars', 'rich', 'opencompact.language.catalogue'} & set(sys.modules)\n"
    )
    environment = {**os.environ, "OPENCOMPACT_LANG": "en"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


# --- what is said ------------------------------------------------------------------------------------------------------


def test_what_is_said_reads_as_english_and_keeps_how_it_was_made() -> None:
    sentence = said("The file cannot be read: {reason}.", reason="Permission denied")
    assert sentence == "The file cannot be read: Permission denied."
    assert json.dumps(sentence) == '"The file cannot be read: Permission denied."'
    assert told(sentence, "en") == sentence
    assert told(sentence, "ru") == "Файл не читается: Permission denied."


def test_a_value_that_was_said_is_told_in_the_same_language() -> None:
    error = InputError(said("Its sheets: {names}.", names="A, B"), file="x.xlsx", row=3, remedy="Check its name.")
    assert str(error) == "x.xlsx, row 3: Its sheets: A, B. Check its name."
    assert told(error.sentence, "es") == "x.xlsx, fila 3: Sus hojas: A, B. Compruebe su nombre."


@pytest.mark.parametrize(
    ("n", "russian", "arabic"),
    [(1, "1 ошибка", "خطأ واحد"), (2, "2 ошибки", "خطآن"), (5, "5 ошибок", "5 أخطاء"), (21, "21 ошибка", "21 خطأ")],
)
def test_a_count_takes_the_form_of_the_language(n: int, russian: str, arabic: str) -> None:
    count = counted("{n:,} error", "{n:,} errors", n)
    assert told(count, "ru") == russian
    assert words(told(count, "ar")) == arabic


def test_numbers_are_written_as_the_language_writes_them_and_years_are_left_alone() -> None:
    count = counted("{n:,} row", "{n:,} rows", 1234567)
    assert told(count, "es") == "1.234.567 filas"
    assert told(count, "fr") == "1\u202f234\u202f567 lignes"
    assert told(said("row {row}", row=1234), "fr") == "ligne 1234"


def test_the_word_between_choices_is_the_readers() -> None:
    sentence = said("Did you mean {near}?", near=one_of(["MEX", "MCO"]))
    assert sentence == "Did you mean MEX or MCO?"
    assert told(sentence, "es") == "¿Quiso decir MEX o MCO?"
    assert told(sentence, "zh") == "您是指 MEX或MCO 吗？"


def test_braces_of_an_example_are_no_placeholders() -> None:
    error = InputError("The JSON is not a list of objects.", remedy='Give [{"indicator": …, "value": …}, …].')
    assert '[{"indicator": …, "value": …}, …]' in str(error)
    assert words(told(error.sentence, "zh")) == '该 JSON 不是对象列表。请写成 [{"indicator": …, "value": …}, …]。'


# --- Arabic ------------------------------------------------------------------------------------------------------------


def test_a_file_name_in_an_arabic_error_stays_whole() -> None:
    error = InputError(
        "There is no such file.", file="tables/2024-births (final).csv", remedy="Check the name and the folder."
    )
    sentence = told(error.sentence, "ar")
    assert sentence == "\u2068tables/2024-births (final).csv\u2069: لا يوجد ملف كهذا. تحقق من الاسم والمجلد."


def test_an_option_in_an_arabic_sentence_stays_whole() -> None:
    assert told("Give --frequencies TABLE.", "ar") == "أعطِ \u2068--frequencies TABLE\u2069."


@pytest.mark.parametrize("language", ["zh", "es", "fr", "ru"])
def test_only_arabic_has_isolates(language: str, table: Path) -> None:
    assert "\u2068" not in run(language, "check", str(table)).output


# --- commands ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "finding", "summary"),
    [
        ("en", "error   row 2, column value: The number has thousands separators. (found: “1,200”) Write 1200.", "2 rows read, 2 errors"),
        ("ar", "خطأ     الصف 2، العمود value: في العدد فواصل آلاف. (وُجد: «1,200») اكتب 1200.", "births.csv: قُرئ صفان، خطآن، لا تنبيهات."),
        ("zh", "第 2 行，列 value：数字中有千位分隔符。（原值：“1,200”）请写 1200。", "births.csv：读取 2 行，2 个错误，0 个警告。"),
        ("es", "fila 2, columna value: El número lleva separadores de miles.", "births.csv: leídas 2 filas, 2 errores, 0 avisos."),
        ("fr", "ligne 2, colonne value\u00a0: Le nombre a des séparateurs de milliers.", "2 lignes lues, 2 erreurs, 0 alerte."),
        ("ru", "строка 2, столбец value: В числе стоят разделители тысяч.", "прочитано 2 строки, 2 ошибки, 0 замечаний."),
    ],
)  # fmt: skip
def test_findings_and_summary_are_in_the_language(language: str, finding: str, summary: str, table: Path) -> None:
    done = run(language, "check", str(table))
    assert done.exit_code == 4
    assert finding in words(done.output)
    assert summary in words(done.output)


@pytest.mark.parametrize("language", OTHERS)
def test_json_stays_english(language: str, table: Path) -> None:
    assert run(language, "check", str(table), "--json").output == run("en", "check", str(table), "--json").output


@pytest.mark.parametrize(
    ("language", "heading"),
    [("ar", "المستوى"), ("zh", "层级"), ("es", "nivel"), ("fr", "niveau"), ("ru", "уровень")],
)
def test_headings_are_in_the_language_and_columns_stay_aligned(language: str, heading: str, tmp_path: Path) -> None:
    lines = run(language, "indicators", "--objective", "1", "-w", str(tmp_path)).output.splitlines()
    assert heading in lines[1]
    column = cells(lines[1].partition(heading)[0])
    seen = [line for line in lines[3:] if line.strip() and line[1:2] != " "][:-1]
    for line in seen:
        start = next(place for place in range(len(line)) if cells(line[:place]) == column)
        assert line[start] != " "
        assert line[start - 1] == " "


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_is_in_the_language(language: str, command: str) -> None:
    english = opencompact.get_command(click.Context(opencompact), command)
    assert english is not None
    texts = [*clicks.paragraphs(english.help), *(getattr(option, "help", None) or "" for option in english.params)]
    shown = " ".join(run(language, command, "--help").output.split())
    assert told("Show this message and exit.", language).split()[0] in shown
    assert [text for text in texts if text and "Example:" not in text and text in shown] == []


def test_the_help_of_an_unreviewed_language_says_so_in_one_line_and_english_does_not() -> None:
    assert "Cette traduction n’a encore été relue par personne" in run("fr", "check", "--help").output
    assert "reviewed" not in run("en", "check", "--help").output


def test_english_comes_back_after_another_language() -> None:
    before = run("en", "values", "--help").output
    run("ar", "values", "--help")
    assert run("en", "values", "--help").output == before


def test_chinese_help_fills_the_width_and_no_line_exceeds_it() -> None:
    lines = run("zh", "import", "--help").output.splitlines()
    assert max(map(cells, lines)) <= 80
    assert not any(line.lstrip()[:1] in "，。；：、）" for line in lines if line.strip())


# --- Click's own words -------------------------------------------------------------------------------------------------

# Prompts, deprecation, editors, Windows, completion, and mistakes in the code of a command: none reaches a user here.
NEVER_SHOWN = (
    "d", "Aborted!", "Editing failed", "Windows error", "DeprecationWarning", "deprecat", "must be an iterable",
    "defined twice", "cannot use the same flag", "determine name", "No options defined", "(dynamic)", "Arguments take",
    "Do you want", "Confirm the action", "start character", "takes {nargs} values", "completion", "Bash", "confirmation",
    "entered values", "invalid input", "Unknown color", "Press any key", "Choice(", "format", "UUID", "file", "directory",
    "path", "Show the version",
)  # fmt: skip


def test_every_message_that_click_can_show_is_known() -> None:
    known = {word if isinstance(word, str) else word[0] for word in clicks.WORDS}
    folder = Path(click.__file__).parent
    messages = [entry[2] for entry in extract_from_dir(folder, keywords={"_": None, "ngettext": (1, 2)})]
    singular = {message if isinstance(message, str) else message[0] for message in messages}
    shown = {message for message in singular if not any(part in message for part in NEVER_SHOWN)}
    assert shown - known == set()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chekc"], "La commande 'chekc' n’existe pas. Vouliez-vous dire 'check'\u00a0?"),
        (["check"], "Il manque l’argument 'FILE'."),
        (["check", "--sheets", "a"], "L’option '--sheets' n’existe pas."),
        (["indicators", "--objective", "99"], "99 n’est pas dans l’intervalle 1<=x<=23."),
        (["init", "a", "b"], "Argument de trop (b)"),
        (["kinship", "nosuch"], "La commande 'nosuch' n’existe pas."),
    ],
)
def test_what_click_says_of_a_wrong_call_is_in_the_language(arguments: list[str], sentence: str) -> None:
    done = run("fr", *arguments)
    assert done.exit_code == 2
    assert sentence in " ".join(done.output.split(" "))
    assert done.output.startswith("Utilisation\u00a0: ")


# --- whole processes ---------------------------------------------------------------------------------------------------


def process(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "OPENCOMPACT_LANG"))
    }
    command = [sys.executable, "-m", "opencompact.cli", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**plain, "PYTHONUTF8": "1", **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "Erreur\u00a0: absent.csv\u00a0: Ce fichier n’existe pas. Vérifiez le nom et le dossier."),
        ({"OPENCOMPACT_LANG": "ar"}, "خطأ: \u2068absent.csv\u2069: لا يوجد ملف كهذا. تحقق من الاسم والمجلد."),
        ({"OPENCOMPACT_LANG": "zh"}, "错误：absent.csv：没有这个文件。请检查名称和文件夹。"),
        ({"LC_ALL": "ru_RU.UTF-8", "LANG": "es_ES"}, "Ошибка: absent.csv: Такого файла нет. Проверьте имя и папку."),
        ({}, "Error: absent.csv: There is no such file. Check the name and the folder."),
        ({"OPENCOMPACT_LANG": "klingon"}, "Error: This is not a language of OpenCompact. (found: “klingon”) Use one of: en, ar, zh, es, fr, ru."),
    ],
)  # fmt: skip
def test_a_process_tells_an_error_in_the_language_of_its_environment(
    environment: dict[str, str], sentence: str
) -> None:
    done = process(environment, "check", "absent.csv")
    assert done.returncode in (3, 5)
    assert done.stderr.strip() == sentence


def test_an_error_as_json_stays_english_in_any_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "ru", "check", "absent.csv", "--json"])
    error = json.loads(capsys.readouterr().err)
    assert (error["problem"], error["exit_code"]) == ("There is no such file.", 3)


def test_the_names_of_near_areas_are_told_in_the_readers_language() -> None:
    from opencompact.compact import area

    with pytest.raises(UnknownCodeError) as raised:
        area("Moroco")
    assert raised.value.remedy == "Did you mean MAR (Morocco)?"
    assert words(told(raised.value.remedy, "fr")) == "Vouliez-vous dire MAR (Maroc)\u00a0?"
