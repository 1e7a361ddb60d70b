"""script/check_files.py finds what it is there to find, and only that."""
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.fixture
def check(tmp_path):
    """Return a function that writes one file into an empty project and returns (status, lines printed)."""

    def run(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, ROOT / "script" / "check_files.py", tmp_path], capture_output=True, text=True
        )
        path.unlink()
        return done.returncode, done.stdout.splitlines()

    return run


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("accounts/views/pages.py", 300),
        ("accounts/models/user.py", 400),
        ("accounts/models.py", 400),
        ("accounts/tests/test_user.py", 400),
        ("templates/accounts/login.html", 150),
    ],
)
def test_a_file_may_have_its_limit_of_lines_and_not_one_more(check, name, limit):
    assert check(name, "x\n" * limit) == (0, [])
    status, lines = check(name, "x\n" * (limit + 1))
    assert status == 1
    assert lines[0].startswith(f"{name}:{limit + 1}: {limit + 1} lines")
    assert len(lines) == 1


def test_migrations_may_be_of_any_length(check):
    assert check("accounts/migrations/0001_initial.py", "x = 1\n" * 2000) == (0, [])


def test_a_line_counts_characters_so_chinese_is_not_shorter(check):
    assert check("accounts/a.py", "# " + "企" * 118 + "\n") == (0, [])
    assert check("accounts/a.py", "# " + "企" * 119 + "\n") == (
        1, ["accounts/a.py:1: 121 characters, a line has at most 120"]
    )


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<p>\n<script>go()</script>", "a.html:2: an inline <script>"),
        ('<script type="module">go()</script>', "a.html:1: an inline <script>"),
        ("<style>p { color: red }</style>", "a.html:1: <style>"),
        ('<p class="a" style="color: red">', "a.html:1: style="),
        ("<p\n  style='color: red'>", "a.html:1: style="),
        ('<p {% if a > b %}style="x"{% endif %}>', "a.html:1: style="),
        ('<button onclick="go()">', "a.html:1: onclick="),
        ('<body ONLOAD="go()">', "a.html:1: onload="),
    ],
)
def test_inline_code_in_a_template_is_told_with_its_line(check, markup, told):
    status, lines = check("templates/a.html", markup + "\n")
    assert status == 1
    assert lines[0].startswith("templates/" + told)
    assert "content security policy" in lines[0]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="{% static \'js/a.js\' %}" defer></script>',
        '<p data-style="x" data-onclick="y" title="style=1 onclick=2">一行 style="x" 的说明</p>',
        "{# <script>go()</script> #}<!-- <style></style> -->",
        "{% comment %}<p style='x'>{% endcomment %}",
        '{% if a < b and c > d %}<option value="{{ on }}">{% endif %}',
    ],
)
def test_markup_without_inline_code_passes(check, markup):
    assert check("templates/a.html", markup + "\n") == (0, [])


def test_templates_of_documents_may_carry_their_styles(check):
    assert check("templates/documents/form.html", "<style>p { color: red }</style>\n") == (0, [])


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME"])
@pytest.mark.parametrize("name", ["accounts/a.py", "templates/a.html", "static/js/a.js", "script/server"])
def test_work_left_for_later_is_told(check, name, word):
    status, lines = check(name, f"a\nb {word}: later\n")
    assert (status, lines) == (1, [f"{name}:2: {word}: do it, or file it as an issue"])


def test_vendored_files_and_data_of_a_running_portal_are_not_read(check):
    assert check("static/vendor/bootstrap.js", "// TO" + "DO\n") == (0, [])
    assert check("var/a.py", "x\n" * 999) == (0, [])
