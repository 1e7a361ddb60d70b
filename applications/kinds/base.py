"""A kind whose content is a form document of sections (applications/forms) assessed by a standard."""
from collections import Counter

from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise
from accounts.queries import find_region
from applications.forms.describing import describe_form
from applications.models import Recognition
from applications.services.recognitions import recognise
from applications.standards import choose
from portal.tools.crypto import seal
from reviews.kinds import Blocker, FilingKind

#: Manual, 图10.
BASIC_INFO_MISSING = (
    "首次申报需要先填写企业基本信息。点击【确定】将跳转至【企业信息管理】-【企业主页】，完善企业基本信息并【保存】后，"
    "会自动回到这里继续申报。"
)


class FormKind(FilingKind):
    """What every application (申报) with a sectioned form has in common. Subclasses name tier and editions."""

    #: Form editions by code, the one for new filings last.
    editions = {}

    def edition(self, moment):
        """Return the newest form edition."""
        return list(self.editions)[-1]

    def form_edition(self, filing):
        """Return the FormEdition that the filing was opened with."""
        return self.editions[filing.edition]

    def fill(self, filing, attachments=None):
        """Return the FilledForm of a filing; ``attachments`` are its present ones when the caller has them already."""
        if attachments is None:
            attachments = filing.attachments.filter(removed_at__isnull=True).only("slot")
        counts = Counter(attachment.slot for attachment in attachments)
        return self.form_edition(filing).fill(filing.answers, period=filing.period, slot_counts=counts)

    def standard(self, filing):
        """Return the standard that holds for the filing: by tier, new or renewal, and the day it was opened."""
        return choose(self.tier, self.is_renewal, timezone.localdate(filing.created_at))

    def further_facts(self, filing, form):
        """Return facts that the answers alone do not hold, e.g. development_score."""
        return {}

    def assess(self, filing, form):
        """Return the Assessment of a FilledForm."""
        facts = form.facts | self.further_facts(filing, form)
        return self.standard(filing).assess(facts, form.year_names)

    def blockers(self, enterprise, moment):
        """Basic information first (manual §2); a valid title of the tier needs no new application."""
        if enterprise is None or not enterprise.is_complete:
            link = f"{reverse('accounts:enterprise_edit')}?next={reverse('applications:filings')}"
            return [Blocker("basic_info_missing", BASIC_INFO_MISSING, link, "确定")]
        titles = Recognition.objects.filter(enterprise=enterprise, tier=self.tier)
        held = titles.valid_on(timezone.localdate(moment)).first()
        if held is None:
            return []
        reason = (
            f"贵企业已是{self.tier_title}（编号 {held.number}，有效期至 {held.valid_until.isoformat()}），不需要重复申报。"
            "有效期届满前，请按主管部门的通知办理复核。"
        )
        return [Blocker("already_recognised", reason, reverse("applications:home"), "查看企业主页")]

    def prefill(self, enterprise, moment):
        """Start with the enterprise's record in the section basic."""
        section = self.editions[self.edition(moment)].section("basic")
        values = {
            name: record_text(enterprise, name)
            for name in section.base_fields
            if hasattr(Enterprise, name)
        }
        basic = {name: seal(text) if name in section.personal else text for name, text in values.items()}
        return {"basic": basic} | self.fixed_values(enterprise)

    def merge(self, filing, values):
        """Put typed values ({section: {field: text}}) into the filing's answers; unknown names are ignored."""
        form = self.fill(filing, attachments=())
        answers = dict(filing.answers)
        for section in form.sections:
            if section.key in values:
                answers[section.key] = section.accept(answers.get(section.key, {}), values[section.key])
        filing.answers = answers

    def refresh_fixed(self, filing):
        """Bring the fixed fields of the answers up to the enterprise's record (manual Q9, Q17)."""
        section = self.form_edition(filing).section("basic")
        stored = filing.answers.get("basic", {})
        fixed = {name: record_text(filing.enterprise, name) for name in section.fixed}
        filing.answers = filing.answers | {"basic": stored | fixed} | self.fixed_values(filing.enterprise)

    def fixed_values(self, enterprise):
        """Return {section: {field: text}} of further sections that come from records and are never typed."""
        return {}

    def problems(self, filing):
        """Return every broken rule of the filled form."""
        return self.fill(filing).problems()

    def registered_region(self, filing):
        """Return the Region that the answers name when it is one that an enterprise can be registered in."""
        code = filing.answers.get("basic", {}).get("registered_region", "")
        region = find_region(code) if code else None
        return region if region and region.is_leaf and region.authority_id else None

    def enterprise_name(self, filing):
        """Return the name in the answers."""
        return filing.answers.get("basic", {}).get("name", "")

    def describe(self, filing):
        """Return the content for a snapshot."""
        form = self.fill(filing)
        return describe_form(form, self.assess(filing, form))

    def edit_url(self, filing):
        """Return the path of the fill-in page."""
        return reverse("applications:fill", args=[filing.pk])

    def page_url(self, filing):
        """Return the path of 详情."""
        return reverse("applications:filing", args=[filing.pk])

    def on_recognised(self, filing, announcement):
        """Give the title."""
        recognise(filing=filing, announcement=announcement, tier=self.tier)


def record_text(enterprise, name):
    """Return a column of the enterprise's record as it would be typed into the form."""
    value = getattr(enterprise, f"{name}_id" if name in {"registered_region", "industry"} else name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
