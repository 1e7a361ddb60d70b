"""A kind whose content is a form document of sections (applications/forms) assessed by a standard."""
from collections import Counter, defaultdict

from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise
from accounts.queries import find_region
from accounts.size_class import section_of
from applications.cross_checks import check_form
from applications.forms.describing import describe_form
from applications.kinds import blockers
from applications.kinds.carrying import carry
from applications.kinds.fixed import digital_values, renewal_values
from applications.services.eligibility import use_up
from applications.services.recognitions import recognise
from applications.standards import NoStandard, choose
from applications.standing import Standing
from portal.tools.crypto import seal
from reviews.enums import ScanState
from reviews.kinds import Blocker, FilingKind, Problem
from reviews.services.windows import open_window


class FormKind(FilingKind):
    """What every application (申报) and renewal (复核) with a sectioned form has in common."""

    enterprise_template = "applications/seen.html"
    exported_figures = (
        ("revenue", "最近一年营业收入", "万元"),
        ("main_revenue", "最近一年主营业务收入", "万元"),
        ("net_profit", "最近一年净利润总额", "万元"),
        ("rd_expense", "最近一年研发费用总额", "万元"),
        ("employees", "最近一年全职员工数量", "人"),
        ("rd_staff", "最近一年研发人员数量", "人"),
    )
    #: Form editions by code.
    editions = {}
    #: Code of the form edition by the code of the standard that it serves.
    edition_by_standard = {}
    #: Whether a complete 数字化水平评测 must exist first (manual 图17).
    asks_assessment = False

    def edition(self, moment):
        """Return the code of the form edition that serves the standard in force. Raises NoStandard."""
        standard = choose(self.tier, self.is_renewal, timezone.localdate(moment))
        return self.edition_by_standard[standard.code]

    def form_edition(self, filing):
        """Return the FormEdition that the filing was opened with."""
        return self.editions[filing.edition]

    def fill(self, filing, attachments=None):
        """Return the FilledForm of a filing; ``attachments`` are its present ones when the caller has them already."""
        if attachments is None:
            # Without "filing" among them Django would read it again for each row.
            present = filing.attachments.filter(removed_at__isnull=True)
            attachments = present.only("filing", "slot", "name", "scan_state")
        counts, blocked = Counter(), defaultdict(list)
        for attachment in attachments:
            if attachment.scan_state == ScanState.BLOCKED:
                blocked[attachment.slot].append(attachment.name)
            else:
                counts[attachment.slot] += 1
        return self.form_edition(filing).fill(
            filing.answers, period=filing.period, slot_counts=counts, blocked=blocked
        )

    def parts(self, filing, keys=None):
        """Return the sections of a filing's form, or those with these keys, without what only a whole form knows."""
        return self.form_edition(filing).parts(filing.answers, period=filing.period, keys=keys)

    def standard(self, filing):
        """Return the standard that holds for the filing: by tier, new or renewal, and the day it was opened."""
        return choose(self.tier, self.is_renewal, timezone.localdate(filing.created_at))

    def further_facts(self, filing, form):
        """Return facts that the answers alone do not hold, e.g. development_score."""
        return {}

    def assess(self, filing, form):
        """Return the Assessment of a FilledForm."""
        facts = form.facts | self.further_facts(filing, form)
        region = filing.answers.get("basic", {}).get("registered_region", "")
        return self.standard(filing).assess(facts, form.year_names, renewal=self.is_renewal, region=region)

    def blockers(self, enterprise, moment):
        """Return the first Blocker in a list, or none: what to do first is one thing at a time."""
        return self.blockers_by(enterprise, Standing(enterprise, timezone.localdate(moment)))

    def blockers_by(self, enterprise, standing):
        """The same for a page that asks several kinds about one Standing."""
        blocker = (
            blockers.basic_info_missing(self, enterprise)
            or self._not_open_to(standing)
            or blockers.assessment_missing(self, standing)
            or self._no_standard(standing.day)
        )
        return [blocker] if blocker else []

    def _not_open_to(self, standing):
        if self.is_renewal:
            return blockers.never_recognised(self, standing) or blockers.not_eligible(self, standing)
        return blockers.already_recognised(self, standing)

    def _no_standard(self, day):
        try:
            choose(self.tier, self.is_renewal, day)
        except NoStandard as refusal:
            return Blocker("no_standard", refusal.message)
        return None

    def warning(self, standing):
        """Return what the enterprise should know before it begins, "" for nothing; it keeps nobody from filing."""
        return blockers.order_warning(self, standing)

    def prefill(self, enterprise, moment):
        """Start with the enterprise's record in the section basic, and with what an earlier filing has to give."""
        edition = self.editions[self.edition(moment)]
        section = edition.section("basic")
        values = {
            name: record_text(enterprise, name)
            for name in section.base_fields
            if hasattr(Enterprise, name)
        }
        basic = {name: seal(text) if name in section.personal else text for name, text in values.items()}
        carried = carry(enterprise, edition, self._period(enterprise, moment))
        return (carried.answers if carried else {}) | {"basic": basic} | self.fixed_values(enterprise)

    def carried_note(self, filing):
        """Return the sentence that says what a draft that was just opened took over, "" for nothing."""
        carried = carry(filing.enterprise, self.form_edition(filing), filing.period)
        return carried.note if carried else ""

    def _period(self, enterprise, moment):
        """Return the year that a draft opened now is filed for."""
        window = open_window(self, Standing(enterprise, moment).province, moment)
        return window.period if window else timezone.localdate(moment).year

    def merge(self, filing, values):
        """Put typed values ({section: {field: text}}) into the filing's answers; unknown names are ignored."""
        answers = dict(filing.answers)
        for section in self.parts(filing, values):
            answers[section.key] = section.accept(answers.get(section.key, {}), values[section.key])
        filing.answers = answers

    def refresh_fixed(self, filing):
        """Bring the fixed fields of the answers up to the enterprise's record (manual Q9, Q17)."""
        section = self.form_edition(filing).section("basic")
        stored = filing.answers.get("basic", {})
        fixed = {name: record_text(filing.enterprise, name) for name in section.fixed}
        filing.answers = filing.answers | {"basic": stored | fixed} | self.fixed_values(filing.enterprise)

    def fixed_values(self, enterprise):
        """Return {section: {field: text}} of sections that come from records and are never typed."""
        standing = Standing(enterprise, timezone.localdate())
        values = {"digital": digital_values(standing.assessment)} if self.asks_assessment else {}
        return values | ({"renewal": renewal_values(standing.last_title(self.tier))} if self.is_renewal else {})

    def problems(self, filing):
        """Return every broken rule of the filled form; a renewal also needs 满足复核条件 when it is submitted."""
        found = self.fill(filing).problems()
        if self.is_renewal:
            blocker = blockers.not_eligible(self, Standing(filing.enterprise, timezone.localdate()))
            found += [Problem("renewal", "", "复核条件", blocker.reason, "section-renewal")] if blocker else []
        return found

    def registered_region(self, filing):
        """Return the Region that the answers name when it is one that an enterprise can be registered in."""
        code = filing.answers.get("basic", {}).get("registered_region", "")
        if code and code == filing.registered_region_id:
            region = filing.registered_region  # read with the filing
        else:
            region = find_region(code) if code else None
        return region if region and region.is_leaf and region.authority_id else None

    def enterprise_name(self, filing):
        """Return the name in the answers."""
        return filing.answers.get("basic", {}).get("name", "")

    def describe(self, filing):
        """Return the content for a snapshot."""
        form = self.fill(filing)
        return describe_form(form, self.assess(filing, form))

    def industry_section(self, filing):
        """Return the letter of the 行业门类 that the answers name."""
        return section_of(filing.answers.get("basic", {}).get("industry", ""))

    def cross_checks(self, filing, payload):
        """Return what looks odd in a submission (applications/cross_checks)."""
        return check_form(filing, payload)

    def edit_url(self, filing):
        """Return the path of the fill-in page."""
        return reverse("applications:fill", args=[filing.pk])

    def page_url(self, filing):
        """Return the path of 详情."""
        return reverse("applications:filing", args=[filing.pk])

    def on_recognised(self, filing, announcement):
        """Give the title; a renewal uses 满足复核条件 up."""
        title = recognise(filing=filing, announcement=announcement, tier=self.tier, renewal=self.is_renewal)
        if self.is_renewal:
            use_up(enterprise=filing.enterprise, tier=self.tier, user=announcement.made_by, number=title.number)


def record_text(enterprise, name):
    """Return a column of the enterprise's record as it would be typed into the form."""
    value = getattr(enterprise, f"{name}_id" if name in {"registered_region", "industry"} else name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
