"""A document takes 0.7 s with HarfBuzz's subsetter and 14 s without (design.md §11), and nothing else tells which."""
import io
import logging

from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.pdf import fonts
from weasyprint.text.ffi import harfbuzz, harfbuzz_subset

FALLBACK = "Using fontTools instead of HarfBuzz-Subset"


def write_pdf(text, family):
    return HTML(string=f'<html lang="zh-CN" style="font-family: {family}"><p>{text}</p>').write_pdf()


def test_weasyprint_found_the_library_in_a_version_it_uses():
    assert harfbuzz_subset is not None, "install libharfbuzz-subset0"
    assert harfbuzz.hb_version_atleast(4, 1, 0)


def test_a_chinese_document_embeds_a_small_subset_made_by_harfbuzz(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = write_pdf("创新型中小企业自评表", "Noto Serif CJK SC")

    assert FALLBACK not in caplog.text
    embedded = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    assert ["Noto-Serif-CJK-SC" in font.get_object()["/BaseFont"] for font in embedded] == [True]
    assert len(pdf) < 100_000


def test_a_machine_without_the_library_would_be_noticed(caplog, monkeypatch):
    monkeypatch.setattr(fonts, "harfbuzz_subset", None)

    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        write_pdf("short", "DejaVu Sans")

    assert FALLBACK in caplog.text
