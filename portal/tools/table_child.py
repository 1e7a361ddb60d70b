"""Reads an Excel file in a process of its own and prints its first rows as JSON.

A spreadsheet may claim a billion cells or unpack to gigabytes: the reader would take the whole web process with it.
This one has limits of memory and time set by its parent (portal.tools.tables) and imports nothing of the portal.

    python -I table_child.py PATH SHEETS ROWS COLUMNS
"""
import json
import resource
import sys

#: Bytes and seconds; a list of 5,000 rows takes 30 MB and less than a second.
MEMORY = 768 * 1024 * 1024
SECONDS = 15
#: Excel keeps fifteen digits of a number.
EXACT = 1e15


def text_of(cell):
    """Return a cell as text: a whole number without its ".0", one too long to be exact in scientific notation."""
    if isinstance(cell, float):
        if abs(cell) >= EXACT:
            return f"{cell:.5E}"
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    return "" if cell is None else str(cell)


def main(path, sheets, rows, columns):
    """Print {"sheets": [[row, ...], ...]} of at most so many sheets, rows and columns."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    found = []
    for number in range(min(len(book.sheet_names), sheets)):
        sheet = book.get_sheet_by_index(number)
        lines = sheet.to_python(skip_empty_area=False, nrows=rows)
        found.append([[text_of(cell) for cell in line[:columns]] for line in lines])
    sys.stdout.write(json.dumps({"sheets": found}))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
