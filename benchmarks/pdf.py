"""How long a form document takes: import, first and further ones, against an empty page of the same run.

    PORTAL_MODE=test DATABASE_URL=sqlite:///:memory: .venv/bin/python benchmarks/pdf.py [number of documents, 10]

Seconds differ between machines; the ratios to the empty page are what to compare (design.md §11). No database is used.
"""
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

MOST = 50


def timed(work):
    """Return (milliseconds, result)."""
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


def load():
    """Import WeasyPrint with our renderer."""
    from reviews.documents import render

    return render


def row(name, milliseconds, baseline, pdf=None):
    """Print one line of the table."""
    size, pages = (f"{len(pdf.content) / 1024:.0f}", pdf.pages) if pdf else ("", "")
    per_page = f"{milliseconds / pdf.pages:.0f}" if pdf else ""
    print(f"{name:<28}{milliseconds:>9.0f}{milliseconds / baseline:>9.1f}{per_page:>9}{size:>7}{pages:>7}")


def main():
    """Measure and print."""
    import django

    number = min(int(sys.argv[1]) if len(sys.argv) > 1 else 10, MOST)
    django.setup()
    import_time, render = timed(load)
    from reviews.models import Snapshot
    from reviews.tests.payloads import DIGEST, make_blank_payload, make_payload

    cold, _ = timed(render.warm_up)
    empty_runs = [timed(render.warm_up) for _ in range(number)]
    baseline = statistics.median(milliseconds for milliseconds, _ in empty_runs)
    papers = {
        "filled-in form": Snapshot(payload=make_payload(), sha256=DIGEST, cause="submit"),
        "blank draft": Snapshot(payload=make_blank_payload(), sha256=DIGEST, cause="preview"),
    }
    print(f"{'':<28}{'ms':>9}{'ratio':>9}{'ms/page':>9}{'KB':>7}{'pages':>7}")
    row("empty page (baseline)", baseline, baseline, empty_runs[-1][1])
    row("import", import_time, baseline)
    row("empty page, first", cold, baseline, empty_runs[-1][1])
    for name, snapshot in papers.items():
        first, _ = timed(lambda snapshot=snapshot: render.render_snapshot(snapshot))
        runs = [timed(lambda snapshot=snapshot: render.render_snapshot(snapshot)) for _ in range(number)]
        row(f"{name}, first", first, baseline, runs[-1][1])
        median = statistics.median(milliseconds for milliseconds, _ in runs)
        row(f"{name}, median of {number}", median, baseline, runs[-1][1])


if __name__ == "__main__":
    main()
