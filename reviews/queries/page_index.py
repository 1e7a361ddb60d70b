"""The side index of the filing page: every part, and how many comments, warnings and changes it holds."""
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One line: where it leads, and its marks as (kind, words), e.g. ("warning", "提示 2")."""

    anchor: str
    title: str
    marks: tuple = ()


def index_of(page):
    """Return the list of Entry of a FilingPage in the order of the page."""
    before = []
    if page.comments:
        before.append(Entry("comments", "本次栏目批注", _marks(comment=len(page.comments))))
    if page.verdict:
        short = tuple((f"state-{state}", f"{label} {number}") for state, label, number in page.verdict.counts)
        before.append(Entry("assessment", "自评结论与指标", short))
    before.append(Entry("cross-checks", "核验提示", _marks(warning=len(page.checks or ()))))
    if page.warnings:
        before.append(Entry("warnings", "填报数据提示", _marks(warning=len(page.warnings))))
    if page.previous:
        unchanged = sum(not answer.is_changed for answer in page.answers)
        marks = _marks(change=len(page.typed_changes)) + ((("warning", f"未改 {unchanged}"),) if unchanged else ())
        before.append(Entry("changes", "与上次提交的差异", marks))
    before += [Entry(key, title) for key, title, _ in page.panels]
    return [*before, *_sections(page), *_after(page)]


def _sections(page):
    comments = Counter(comment.section for comment in page.comments)
    warned = Counter(found["section"] for found in (*page.warnings, *(page.checks or ())) if found["section"])
    changed = Counter(change.target.split(".", 1)[0] for change in page.typed_changes if change.target)
    return [
        Entry(
            f"section-{section['key']}",
            section["title"],
            _marks(
                comment=comments[section["key"]], warning=warned[section["key"]], change=changed[section["key"]]
            ),
        )
        for section in page.sections
    ]


def _after(page):
    files = [Entry("loose-files", "其他佐证材料")] if page.loose_files else []
    records = Entry("records", "实地抽查和专家意见")
    return [*files, records, Entry("route", "审核链与办理记录"), Entry("versions", "历次版本")]


def _marks(*, comment=0, warning=0, change=0):
    words = (("comment", "批注", comment), ("warning", "提示", warning), ("change", "修改", change))
    return tuple((kind, f"{word} {number}") for kind, word, number in words if number)
