"""Saving the answers of a draft (暂存 and autosave). Blanks and wrong values are kept as they were typed."""
import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.services.enterprises import has_title, sync_verified_name
from applications.queries import returned_sections
from portal.tools.errors import Invalid
from reviews.kinds import get_kind
from reviews.models import Filing
from reviews.services.filings import write_answers

#: Characters of one value that a draft takes; the longest field of any form has 2,000.
VALUE_LIMIT = 20_000
#: Rows of one list that a draft takes; what a form allows is less, and said at the list.
ROWS_LIMIT = 500


@dataclass(frozen=True)
class SaveResult:
    """What a save brings back to the page.

    ``form`` is the FilledForm and ``assessment`` its Assessment; ``computed`` are the computed fields by key,
    ``soft_errors`` {section: {field: [text]}} without mere blanks, ``warnings`` the same of what looks like a slip,
    ``section_states`` {section: state}.
    """

    filing: Filing
    form: object
    assessment: object
    saved_at: datetime.datetime
    section_states: dict

    @property
    def version(self):
        """The version that the next save must name."""
        return self.filing.version

    @property
    def computed(self):
        """Computed fields by key."""
        return self.form.computed

    @property
    def soft_errors(self):
        """Messages at fields; nothing is refused because of them before the submit."""
        return self.form.messages()

    @property
    def warnings(self):
        """Texts at fields that ask to look again (请核实); they never block."""
        return self.form.warning_texts()


def save_sections(*, filing_id, user, seen_version, values):
    """Store ``values`` ({section: {field: typed text, list: [row]}}), compute the self-score; return a SaveResult.

    Fields and lists that are not in ``values`` stay as they are; the rows of a list replace its stored ones. Name and
    统一社会信用代码 follow the enterprise's record. Raises Invalid for a value that is absurdly long or a list without end,
    StaleVersion with ``current`` when another window saved in between, WrongState when the filing is under review,
    NotPermitted for another enterprise.
    """
    _refuse_endless(values)
    done = {}

    def change(filing):
        kind = get_kind(filing.kind)
        kind.merge(filing, values)
        kind.refresh_fixed(filing)
        form = kind.fill(filing)
        assessment = kind.assess(filing, form)
        filing.self_score = assessment.self_score
        filing.verdict = assessment.verdict
        done.update(form=form, assessment=assessment, section_states=form.states(returned_sections(filing)))

    filing = write_answers(filing_id=filing_id, user=user, seen_version=seen_version, change=change)
    return SaveResult(filing=filing, saved_at=timezone.now(), **done)


@transaction.atomic
def sync_name(*, filing_id, user, seen_version, values):
    """【实名信息同步】 on the form (Q9): bring the record's name up to date, then save with it.

    The record of an enterprise that is 已认定 already carries the name approved by 【名称变更申请】 and is left alone.
    Raises as save_sections.
    """
    enterprise = user.enterprise
    if not has_title(enterprise):
        sync_verified_name(user=user, has_title=False)
    return save_sections(filing_id=filing_id, user=user, seen_version=seen_version, values=values)


def _refuse_endless(values):
    for section in values.values():
        for name, value in section.items():
            rows = value if isinstance(value, list) else [{name: value}]
            if len(rows) > ROWS_LIMIT:
                raise Invalid(
                    f"“{name}”有 {len(rows)} 项，超过可暂存的上限 {ROWS_LIMIT} 项，未保存。请移除多余的项后再保存。"
                )
            for row in rows:
                _refuse_endless_texts(row)


def _refuse_endless_texts(texts):
    for name, text in texts.items():
        if len(text) > VALUE_LIMIT:
            raise Invalid(
                f"栏目“{name}”的内容有 {len(text)} 个字，超过单个栏目可暂存的上限 {VALUE_LIMIT} 个字，未保存。"
                "请缩短该栏目；较长的材料请作为佐证材料上传。"
            )
