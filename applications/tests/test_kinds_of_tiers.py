"""The six kinds of filing: editions by day, routes, windows, what keeps an enterprise from beginning."""
import datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_enterprise
from applications.kinds import KINDS
from applications.models import Evaluation, EvaluationYear
from applications.services.eligibility import withdraw_eligible
from applications.standing import Standing
from applications.tests import filled, filled_little_giant, filled_specialized
from applications.tests.filled_tiers import assessed
from applications.tests.titles import make_eligible, make_renewable, make_title, province_officer
from portal.tools.errors import Invalid, NotPermitted, Refused
from reviews.enums import Action, State
from reviews.kinds import get_kind
from reviews.models import Window
from reviews.services import decisions
from reviews.services.filings import open_filing, submit
from reviews.services.windows import save_window
from reviews.tests.factories import authority, decide, officer_of, open_window

pytestmark = pytest.mark.django_db


def at(year, month, day):
    return datetime.datetime(year, month, day, 4, tzinfo=datetime.UTC)


def blocker_of(code, enterprise):
    """Return the one blocker of a kind now, or None."""
    found = get_kind(code).blockers(enterprise, timezone.now())
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("code", "moment", "edition"),
    [
        ("innovative_application", at(2026, 3, 31), "innovative_application-1"),
        ("innovative_renewal", at(2026, 11, 1), "innovative_renewal-1"),
        ("specialized_application", at(2026, 3, 31), "specialized-2022"),
        ("specialized_application", at(2026, 4, 1), "specialized-2026"),
        ("specialized_renewal", at(2026, 3, 31), "specialized-2022"),
        ("specialized_renewal", at(2026, 4, 1), "specialized-2026"),
        ("little_giant_application", at(2026, 3, 31), "little_giant-2022"),
        ("little_giant_application", at(2026, 4, 1), "little_giant-2026"),
        ("little_giant_renewal", at(2026, 6, 30), "little_giant-2022"),
        ("little_giant_renewal", at(2026, 7, 1), "little_giant-2026"),
    ],
)
def test_the_edition_follows_tier_renewal_and_day(code, moment, edition):
    kind = get_kind(code)
    assert kind.edition(moment) == edition
    assert kind.editions[edition].code == edition


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_renewal_asks_for_the_present_title_and_an_application_does_not(kind):
    for edition in kind.editions.values():
        keys = [section.key for section in edition.sections]
        assert ("renewal" in keys) == kind.is_renewal
        assert ("digital" in keys) == kind.asks_assessment


def test_titles_and_prefixes_are_all_different():
    for name in ("title", "document_title", "prefix"):
        assert len({getattr(kind, name) for kind in KINDS}) == len(KINDS)


def test_the_little_giant_goes_from_city_over_province_to_the_ministry_which_publishes():
    filing = filled_little_giant.make_submitted()
    desks = [step.authority.code for step in filing.steps.order_by("position")]
    assert desks == ["320100", "320000", "000000"]
    while filing.state == State.IN_REVIEW:
        decide(filing)
    assert get_kind(filing.kind).publisher_level == "ministry"


def test_the_little_giant_of_a_municipality_begins_at_the_district():
    filing = filled_little_giant.make_submitted(region="500103")
    assert [step.authority.code for step in filing.steps.order_by("position")] == ["500103", "500000", "000000"]


@pytest.mark.parametrize("step", [1, 3])
def test_the_province_may_return_a_little_giant_from_any_desk(step):
    filing = filled_little_giant.make_submitted()
    for _ in range(step - 1):
        decide(filing)
    decide(filing, Action.RETURN, comment="请更正。", user=officer_of(filing.province))
    assert filing.state == State.RETURNED


def test_the_province_may_not_return_a_specialized_filing_from_the_desk_of_the_city():
    filing = filled_specialized.make_submitted()
    with pytest.raises(NotPermitted):
        decisions.return_filing(
            filing_id=filing.pk, user=officer_of(filing.province), seen_version=filing.version, comment="请更正。"
        )


def test_a_window_of_the_province_does_not_open_the_little_giant():
    enterprise = make_enterprise()
    assessed(enterprise)
    now = timezone.now()
    Window.objects.create(
        kind="little_giant_application", authority=authority("320000"), period=2026,
        opens_at=now - datetime.timedelta(days=1), closes_at=now + datetime.timedelta(days=9),
    )
    with pytest.raises(Refused) as refusal:
        open_filing(user=enterprise.account, kind_code="little_giant_application")
    assert "工业和信息化部的“专精特新“小巨人”企业申报”目前未开放，下次开放时间尚未公布" in refusal.value.message


def test_a_province_may_not_set_a_window_for_the_little_giant_and_is_not_offered_it(client):
    manager = officer_of(authority("320000"))
    now = timezone.now()
    window = Window(
        kind="little_giant_application", authority=manager.authority, period=2026, opens_at=now,
        closes_at=now + datetime.timedelta(days=9),
    )
    with pytest.raises(NotPermitted):
        save_window(user=manager, window=window)
    client.force_login(manager)
    page = client.get("/admin/reviews/window/add/").content.decode()
    assert 'value="specialized_renewal"' in page
    assert "little_giant" not in page
    client.force_login(officer_of(authority("000000")))
    assert 'value="little_giant_renewal"' in client.get("/admin/reviews/window/add/").content.decode()


@pytest.mark.parametrize("code", ["specialized_application", "little_giant_application"])
def test_without_a_digital_assessment_the_way_leads_to_the_self_test_and_back(code):
    enterprise = make_enterprise()
    blocker = blocker_of(code, enterprise)
    assert blocker.reason.startswith("温馨提示：")
    assert "【数字化水平评测】" in blocker.reason
    assert (blocker.link, blocker.link_label) == (
        "/enterprise/digital-assessment/?next=/enterprise/filings/", "去自评",
    )  # fmt: skip
    assessed(enterprise)
    assert blocker_of(code, enterprise) is None


def test_the_innovative_tier_asks_for_no_digital_assessment():
    assert blocker_of("innovative_application", make_enterprise()) is None


def test_a_holder_of_the_title_is_led_to_the_renewal():
    title = make_title("innovative")
    blocker = blocker_of("innovative_application", title.enterprise)
    assert title.number in blocker.reason
    assert blocker.link == "/enterprise/renewals/"


def test_a_title_that_is_over_does_not_keep_from_applying_again():
    title = make_title("innovative", ends_in=-1)
    assert blocker_of("innovative_application", title.enterprise) is None


def test_the_order_of_tiers_warns_and_never_blocks():
    enterprise = make_enterprise()
    assessed(enterprise)
    standing = Standing(enterprise, timezone.localdate())
    for code, lower in (("specialized_application", "创新型"), ("little_giant_application", "专精特新")):
        kind = get_kind(code)
        assert f"贵企业有效的{lower}中小企业认定" in kind.warning(standing)
        assert "平台对申报顺序不做判断，仍可申报" in kind.warning(standing)
        assert kind.blockers_by(enterprise, standing) == []
    assert get_kind("innovative_application").warning(standing) == ""


def test_with_the_lower_title_there_is_nothing_to_warn_of():
    title = make_title("innovative")
    standing = Standing(title.enterprise, timezone.localdate())
    assert get_kind("specialized_application").warning(standing) == ""


def test_a_renewal_without_any_title_says_so_with_code_and_telephone():
    enterprise = make_enterprise()
    blocker = blocker_of("innovative_renewal", enterprise)
    assert blocker.reason.startswith("【该企业不满足复核条件】")
    assert enterprise.uscc in blocker.reason
    assert "江苏省中小企业主管部门（电话 010-32000000）" in blocker.reason


def test_a_renewal_before_the_province_has_set_it_says_whom_to_call():
    title = make_title("innovative", ends_in=60)
    blocker = blocker_of("innovative_renewal", title.enterprise)
    assert blocker.reason.startswith("【该企业不满足复核条件】")
    assert "贵企业目前还没有被调整" in blocker.reason
    assert "江苏省中小企业主管部门（电话 010-32000000）" in blocker.reason
    make_eligible(title)
    assert blocker_of("innovative_renewal", title.enterprise) is None


def test_a_withdrawn_eligibility_gives_the_reason_of_the_province():
    title = make_renewable("innovative")
    withdraw_eligible(
        user=province_officer(title.enterprise), enterprise_id=title.enterprise_id, tier="innovative",
        reason="发生重大安全事故",
    )
    assert "发生重大安全事故" in blocker_of("innovative_renewal", title.enterprise).reason


def test_a_renewal_begun_before_the_withdrawal_cannot_be_submitted():
    title = make_renewable("innovative")
    filing = open_filing(user=title.enterprise.account, kind_code="innovative_renewal")
    withdraw_eligible(
        user=province_officer(title.enterprise), enterprise_id=title.enterprise_id, tier="innovative",
        reason="发生重大安全事故",
    )
    with pytest.raises(Invalid) as invalid:
        submit(filing_id=filing.pk, user=title.enterprise.account, seen_version=filing.version)
    assert any("发生重大安全事故" in problem.message for problem in invalid.value.problems)


def test_the_form_carries_the_newest_assessment_and_the_title_that_is_renewed():
    title = make_renewable("specialized")
    filing = open_filing(user=title.enterprise.account, kind_code="specialized_renewal")
    day = timezone.localdate(assessed(title.enterprise).completed_at)
    assert filing.answers["digital"] == {
        "digital_level": "3", "digital_score": "68.5", "digital_date": day.isoformat()
    }  # fmt: skip
    assert filing.answers["renewal"] == {
        "renewal_title": "专精特新中小企业", "renewal_number": title.number,
        "renewal_from": title.valid_from.isoformat(), "renewal_until": title.valid_until.isoformat(),
    }  # fmt: skip
    assert get_kind(filing.kind).fill(filing).facts["digital_level"] == 3


def test_what_is_fixed_cannot_be_typed_and_follows_a_newer_assessment_at_the_next_save():
    filing = filled_specialized.make_draft()
    assessment = assessed(filing.enterprise)
    assessment.level, assessment.score = 4, "91.25"
    assessment.save(update_fields=["level", "score"])
    filled.type_in(filing, {"digital": {"digital_level": "1", "digital_score": "100"}})
    assert filing.answers["digital"]["digital_level"] == "4"
    assert filing.answers["digital"]["digital_score"] == "91.25"


def test_a_submission_writes_the_evaluation_and_the_cap_of_the_year():
    filing = filled_specialized.make_submitted()
    evaluation = Evaluation.objects.get(filing=filing)
    assert evaluation.snapshot == filing.snapshot
    assert EvaluationYear.objects.get(enterprise=filing.enterprise, year=2026).cap == evaluation.score


def test_an_innovative_filing_is_not_evaluated():
    filled.make_submitted()
    assert not Evaluation.objects.exists()


def test_the_development_score_reaches_the_standard():
    filing = filled_specialized.make_submitted()
    kind = get_kind(filing.kind)
    facts = kind.further_facts(filing, kind.fill(filing))
    assert facts == {
        "development_score": Evaluation.objects.get(filing=filing).score, "development_score_last": None
    }  # fmt: skip


def test_in_a_closed_window_a_renewal_is_refused_with_the_words_of_a_renewal():
    title = make_title("innovative", ends_in=60)
    make_eligible(title)
    with pytest.raises(Refused) as refusal:
        open_filing(user=title.enterprise.account, kind_code="innovative_renewal")
    assert "江苏省的“创新型中小企业复核”目前未开放" in refusal.value.message
    open_window("innovative_renewal")
    assert open_filing(user=title.enterprise.account, kind_code="innovative_renewal").state == State.DRAFT
