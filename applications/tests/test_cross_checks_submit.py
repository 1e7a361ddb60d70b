"""核验 through real submissions: what officers get of the real forms, and that nobody else does."""
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_enterprise
from applications.cross_checks import FORM_CHECKS
from applications.kinds import KINDS
from applications.tests import filled, filled_little_giant, filled_specialized
from portal.env import BASE_DIR
from reviews.cross_checks import EVERY_KIND, all_checks, entries_of
from reviews.documents.paper import paper_of
from reviews.enums import Action
from reviews.queries.content import targets_of
from reviews.services.snapshots import build_payload
from reviews.tests.factories import decide

MAKERS = (filled, filled_specialized, filled_little_giant)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def odd_values():
    """Return complete answers that no rule refuses and that five checks have something to say about."""
    values = filled_specialized.TYPED
    return values | {
        "economy": values["economy"] | {
            "rd_staff_y1": "170", "net_profit_y1": "1500", "revenue_y2": "4000", "main_revenue_y2": "3900",
        },
        "specialization": values["specialization"] | {
            "products": [
                {"row": "p1", "name": "矿山开采成套控制系统", "revenue": "5200"},
                {"row": "p2", "name": "矿用传感器", "revenue": "3100"},
            ],
        },
        "other": values["other"] | {"base_title_until": timezone.localdate().isoformat()},
    }  # fmt: skip


def submitted_odd(enterprise=None):
    filing = filled_specialized.make_draft(enterprise, values=odd_values(), evidence=True)
    return filled_specialized.shared.submitted(filing)


def checks_of(filing):
    return filing.snapshot.payload["cross_checks"]


@pytest.mark.django_db
@pytest.mark.parametrize("maker", MAKERS)
def test_an_ordinary_submission_has_nothing_to_verify_and_carries_its_industry_section(maker):
    filing = maker.make_submitted()
    assert checks_of(filing) == []
    assert filing.warnings == 0
    assert filing.industry_section == "C"


@pytest.mark.django_db
def test_what_does_not_fit_is_told_at_places_that_the_officers_page_has():
    filing = submitted_odd()
    found = {entry["code"]: entry for entry in checks_of(filing)}
    assert set(found) == {"growth.fast", "balance.rd_staff", "balance.net_profit", "balance.products", "validity.soon"}
    targets = targets_of(filing.snapshot.payload)
    for entry in checks_of(filing):
        assert f"{entry['section']}.{entry['field']}" in targets, entry
        assert entry["message"].endswith("。")
        assert len(re.findall("“[^”]+”", entry["message"])) >= 2, entry["message"]
    assert filing.warnings == len(checks_of(filing)) == 7
    assert "所列主要产品 2025 年销售收入合计“8,300”万元，大于主营业务收入“8,200”万元" in found["balance.products"]["message"]
    assert "“170”人，占全职员工数量“180”人的 94.4%" in found["balance.rd_staff"]["message"]


@pytest.mark.django_db
def test_a_filing_of_another_tier_is_compared_with_the_last_one_of_the_enterprise():
    enterprise = make_enterprise()
    first = filled.make_submitted(enterprise)
    later = filled_specialized.make_submitted(enterprise)
    found = [entry for entry in checks_of(later) if entry["code"] == "earlier.figures"]
    revenue = next(entry for entry in found if entry["field"] == "revenue")
    assert first.number in revenue["message"]
    assert "2025年本次为“8,600”万元，上次为“5,600”万元，相差 53.6%" in revenue["message"]
    other = filled_specialized.make_submitted(make_enterprise())
    assert [entry["code"] for entry in checks_of(other) if entry["code"].startswith("earlier")] == []


@pytest.mark.django_db
def test_a_return_and_resubmission_is_not_compared_with_itself():
    filing = filled.make_submitted()
    decide(filing, Action.RETURN, comment="请核对营业收入。")
    filled.type_in(filing, filled.changed("economy", revenue_y1="7000", main_revenue_y1="6000"))
    filled_specialized.shared.submitted(filing)
    assert "earlier.figures" not in [entry["code"] for entry in checks_of(filing)]


@pytest.mark.django_db
@pytest.mark.parametrize("others", [0, 2])
def test_the_checks_of_a_form_take_the_same_queries_for_one_filing_and_for_three(django_assert_num_queries, others):
    enterprise = make_enterprise()
    for maker in (filled_little_giant, filled)[:others]:
        maker.make_submitted(enterprise)
    pk = filled_specialized.make_submitted(enterprise).pk
    filing = enterprise.filings.select_related("enterprise", "registered_region").get(pk=pk)
    payload = build_payload(filing, timezone.now())
    # three savepoints (6), the area, evidence, mobile, e-mail, last filing, assessment, size standards
    with django_assert_num_queries(13):
        assert bool(entries_of(filing, payload)) is bool(others)


@pytest.mark.django_db
def test_neither_the_enterprise_nor_its_paper_nor_the_public_learn_of_it(client):
    filing = submitted_odd()
    secret = [entry["message"] for entry in checks_of(filing)] + [entry["label"] for entry in checks_of(filing)]
    secret += ["核验提示", "cross_checks"]
    client.force_login(filing.enterprise.account)
    pages = [
        client.get(reverse(f"applications:{name}", args=args), follow=True).content.decode()
        for name, args in (
            ("filing", [filing.pk]), ("changes", [filing.pk]), ("check", [filing.pk]), ("filings", []), ("home", []),
        )
    ]  # fmt: skip
    decide(filing, Action.RETURN, comment="请核对。")
    pages += [
        client.get(reverse(f"applications:{name}", args=[filing.pk]), follow=True).content.decode()
        for name in ("filing", "changes", "fill", "check")
    ]
    pages.append(repr(paper_of(filing.snapshot)))
    client.logout()
    pages += [client.get(path, follow=True).content.decode() for path in ("/", "/publicity/")]
    assert any(filing.enterprise_name in page for page in pages)
    for page in pages:
        for text in secret:
            assert text not in page
            assert json.dumps(text)[1:-1] not in page


def test_every_place_that_a_check_may_name_is_in_a_form():
    known = set()
    for kind in KINDS:
        for edition in kind.editions.values():
            for section in edition.sections:
                rows = [row.key for table in section.tables() for row in table.rows]
                lists = [block.key for block in section.row_lists()]
                known |= {f"{section.key}.{key}" for key in (*section.base_fields, *section.derived, *rows, *lists)}
    for target in (
        "basic.registered_region", "basic.contact_mobile", "basic.contact_email", "basic.contact_name",
        "basic.industry", "basic.size_class", "digital.digital_date", "innovation.ip", "specialization.products",
        "direct.direct_honour_until", "other.base_title_until", "other.specialized_until", "renewal.renewal_until",
        "economy.employees", "economy.rd_staff", "economy.revenue", "economy.main_revenue", "economy.exports",
        "economy.total_profit", "economy.net_profit", "economy.total_assets", "economy.total_liabilities",
    ):  # fmt: skip
        assert target in known, target


def test_the_page_of_the_checks_says_of_each_what_the_code_says():
    page = (BASE_DIR / "docs" / "cross-checks.md").read_text()
    checks = (*EVERY_KIND, *FORM_CHECKS)
    lines = [f"| `{row.code}` | {row.label} | {row.explanation} | {row.source} |" for row in checks]
    assert [line for line in page.splitlines() if line.startswith("| `")] == lines
    assert [code for code, _, _ in all_checks()] == [row.code for row in checks]
