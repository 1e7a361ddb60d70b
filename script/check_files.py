"""Checks of our own: lengths of files and lines, no inline code in templates, nothing left for later.

    python script/check_files.py [FOLDER]

Prints one line per fault, ``path:line: what is wrong; what to do``, and ends with status 1 when there is one.
"""
import re
import sys
from pathlib import Path

MAX_PYTHON = 300
MAX_MODELS = 400
MAX_TESTS = 400
MAX_TEMPLATE = 150
MAX_WIDTH = 120

SKIPPED_FOLDERS = {".git", ".venv", "var", "staticfiles", "node_modules", "__pycache__", "vendor"}
TEXT_SUFFIXES = {".py", ".html", ".txt", ".css", ".js", ".sh", ".toml", ".ini", ".in", ".md", ".svg", ""}
# In two halves, so that this file does not report itself.
LEFT_FOR_LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")

TEMPLATE_SYNTAX = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL)
OPENING_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"(?:^|\s)([a-zA-Z][\w:.-]*)\s*=")


def files_below(root):
    """Yield the project's own files, in order."""
    for path in sorted(root.iterdir()):
        if path.is_dir():
            if path.name not in SKIPPED_FOLDERS and not (path.name.startswith(".") and path.name != ".ci"):
                yield from files_below(path)
        elif path.suffix in TEXT_SUFFIXES and not path.name.startswith("."):
            yield path


def allowed_lines(path):
    """Return (limit, what the limit is for) of a file relative to the project, or None."""
    folders = path.parts[:-1]
    if path.suffix == ".html":
        return MAX_TEMPLATE, "a template"
    if path.suffix != ".py" or "migrations" in folders:
        return None
    if "tests" in folders or path.name == "conftest.py":
        return MAX_TESTS, "a test module"
    if "models" in folders or path.name == "models.py":
        return MAX_MODELS, "a models module"
    return MAX_PYTHON, "a Python file"


def faults_of_length(path, text):
    """Yield the fault of a file that has grown too long to be read in one go."""
    limit = allowed_lines(path)
    lines = text.count("\n") + (not text.endswith("\n"))
    if limit and lines > limit[0]:
        yield limit[0] + 1, f"{lines} lines, {limit[1]} has at most {limit[0]}; split it by subject"


def faults_of_width(path, text):
    """Yield lines of Python with more than 120 characters (a Chinese one counts as one)."""
    if path.suffix == ".py" and "migrations" not in path.parts:
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > MAX_WIDTH:
                yield number, f"{len(line)} characters, a line has at most {MAX_WIDTH}"


def faults_of_inline_code(path, text):
    """Yield inline scripts, styles and event handlers: the content security policy blocks them in the browser."""
    if path.suffix != ".html" or "documents" in path.parts:
        return
    # Blanked, not removed, so that line numbers and quoted attributes stay as they are.
    plain = TEMPLATE_SYNTAX.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for tag in OPENING_TAG.finditer(plain):
        line = plain.count("\n", 0, tag.start()) + 1
        name = tag[1].lower()
        attributes = {attribute.lower() for attribute in ATTRIBUTE.findall(re.sub(r"\"[^\"]*\"|'[^']*'", "", tag[2]))}
        if name == "style":
            yield line, "<style> is blocked by the content security policy; move it to static/css"
        if name == "script" and "src" not in attributes:
            yield line, "an inline <script> is blocked by the content security policy; move it to static/js"
        if "style" in attributes:
            yield line, "style= is blocked by the content security policy; use a class of static/css"
        for attribute in sorted(attributes):
            if re.fullmatch(r"on[a-z]+", attribute):
                yield line, f"{attribute}= is blocked by the content security policy; listen in static/js"


def faults_left_for_later(path, text):
    """Yield lines that promise work instead of doing it."""
    for number, line in enumerate(text.splitlines(), 1):
        if LEFT_FOR_LATER.search(line):
            yield number, f"{LEFT_FOR_LATER.search(line)[1]}: do it, or file it as an issue"


CHECKS = (faults_of_length, faults_of_width, faults_of_inline_code, faults_left_for_later)


def faults_below(root):
    """Yield "path:line: fault" for every fault in the project at ``root``."""
    for file in files_below(root):
        path = file.relative_to(root)
        text = file.read_text(encoding="utf-8", errors="replace")
        for check in CHECKS:
            for line, fault in check(path, text):
                yield f"{path}:{line}: {fault}"


def main():
    """Check the folder of the first argument, by default the project."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    faults = list(faults_below(root))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
