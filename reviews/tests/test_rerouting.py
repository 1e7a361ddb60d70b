"""改派, 转交 and authorities that merge: no filing is left without an owner."""
import pytest

from accounts.models import Authority, Notice, Region, User
from accounts.tests.factories import make_enterprise, make_officer
from portal.tools.errors import NotPermitted, Refused, StaleVersion
from reviews.enums import State
from reviews.models import Filing
from reviews.services import filings
from reviews.services.decisions import approve
from reviews.services.events import verify_chain
from reviews.services.handing_over import hand_over
from reviews.services.rerouting import merge_authority, reroute
from reviews.tests.factories import authority, make_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW)


def _reroute(filing, user, code="320500", comment="机构改革"):
    return reroute(
        filing_id=filing.pk, user=user, seen_version=filing.version, authority_id=authority(code).pk, comment=comment
    )


def test_the_province_moves_a_filing_to_another_city_and_the_reason_stays(filing):
    done = _reroute(filing, make_officer("320000", "manager"))
    assert (done.state, done.desk.code, done.city.code, done.step) == (State.IN_REVIEW, "320500", "320500", 1)
    assert done.due_at is not None
    event = done.events.order_by("-sequence").first()
    assert (event.action, event.comment) == ("reroute", "机构改革")
    verify_chain(done)
    approve(filing_id=done.pk, user=make_officer("320500"), seen_version=done.version)
    done.refresh_from_db()
    assert done.desk.code == "320000"


def test_the_enterprise_is_told_who_reviews_now(filing):
    _reroute(filing, make_officer("320000", "manager"))
    message = Notice.objects.filter(recipient=filing.enterprise.account, channel="message").latest("pk")
    assert authority("320500").name in message.body


@pytest.mark.parametrize(
    ("code", "words"), [("320000", "同一层级"), ("320100", "不需要改派"), ("500103", "不属于这件申报所在的省级辖区")]
)
def test_an_impossible_target_is_refused_with_the_reason(filing, code, words):
    with pytest.raises(Refused) as refused:
        _reroute(filing, make_officer("320000", "manager"), code)
    assert words in refused.value.message


def test_a_filing_is_not_moved_without_a_reason_or_by_a_city(filing):
    with pytest.raises(Refused):
        _reroute(filing, make_officer("320000", "manager"), comment=" ")
    with pytest.raises(NotPermitted):
        _reroute(filing, make_officer("320100", "manager"))


def test_when_an_authority_merges_its_filings_area_and_people_follow(filing):
    source, target = authority("320100"), authority("320500")
    officer = make_officer("320100")
    moved = merge_authority(
        user=make_officer("320000", "manager"), source_id=source.pk, target_id=target.pk, reason="苏编办〔2026〕1号"
    )
    filing.refresh_from_db()
    officer.refresh_from_db()
    source.refresh_from_db()
    assert (moved, filing.desk_id, filing.city_id, officer.authority_id) == (1, target.pk, target.pk, target.pk)
    assert (source.is_active, source.merged_into_id) == (False, target.pk)
    assert not Region.objects.filter(authority=source).exists()
    assert not Authority.objects.filter(parent=source).exists()
    assert make_filing(enterprise=make_enterprise(region="320102"), state=State.IN_REVIEW).desk_id == target.pk


def test_merging_twice_changes_nothing(filing):
    source, target, manager = authority("320100"), authority("320500"), make_officer("320000", "manager")
    facts = {"user": manager, "source_id": source.pk, "target_id": target.pk, "reason": "苏编办〔2026〕1号"}
    assert merge_authority(**facts) == 1
    assert merge_authority(**facts) == 0


def test_a_filing_submitted_at_the_moment_of_a_merger_arrives_at_the_new_authority(monkeypatch):
    source, target, manager = authority("320100"), authority("320500"), make_officer("320000", "manager")
    real = filings.resolve_route

    def merged_meanwhile(kind, region):
        route = real(kind, region)
        merge_authority(user=manager, source_id=source.pk, target_id=target.pk, reason="苏编办〔2026〕1号")
        return route

    monkeypatch.setattr(filings, "resolve_route", merged_meanwhile)
    filing = make_filing(enterprise=make_enterprise(region="320102"), state=State.IN_REVIEW)
    assert (filing.desk_id, filing.city_id) == (target.pk, target.pk)
    assert filing.steps.get(position=1).authority_id == target.pk
    approve(filing_id=filing.pk, user=make_officer("320500"), seen_version=filing.version)


def test_only_the_common_superior_may_merge(filing):
    with pytest.raises(NotPermitted):
        merge_authority(
            user=make_officer("500000", "manager"), source_id=authority("320100").pk,
            target_id=authority("320500").pk, reason="依据",
        )


def test_an_officer_who_was_moved_while_his_page_was_open_decides_nothing(filing):
    officer = make_officer("320100")
    User.objects.filter(pk=officer.pk).update(authority=authority("320500"))
    with pytest.raises(NotPermitted):
        approve(filing_id=filing.pk, user=User.objects.get(pk=officer.pk), seen_version=filing.version)


def test_a_colleague_gets_the_filing_and_a_message(filing):
    giver, colleague = make_officer("320100"), make_officer("320100")
    done = hand_over(
        filing_id=filing.pk, user=giver, seen_version=filing.version, handler_id=colleague.pk, note="请先看审计报告"
    )
    assert (done.handler, done.version) == (colleague, filing.version + 1)
    assert "请先看审计报告" in Notice.objects.get(recipient=colleague).body
    again = hand_over(filing_id=filing.pk, user=giver, seen_version=filing.version, handler_id=colleague.pk)
    assert again.version == done.version


def test_a_filing_is_handed_only_to_somebody_who_can_decide_for_the_same_authority(filing):
    giver = make_officer("320100")
    for stranger in (make_officer("320500"), make_officer("320100", "viewer")):
        with pytest.raises(Refused):
            hand_over(filing_id=filing.pk, user=giver, seen_version=filing.version, handler_id=stranger.pk)


def test_a_stale_page_hands_nothing_over(filing):
    giver, colleague = make_officer("320100"), make_officer("320100")
    with pytest.raises(StaleVersion):
        hand_over(filing_id=filing.pk, user=giver, seen_version=filing.version - 1, handler_id=colleague.pk)


def test_leaving_the_desk_clears_handler_and_deadline(filing):
    officer = make_officer("320100")
    hand_over(filing_id=filing.pk, user=officer, seen_version=filing.version, handler_id=officer.pk)
    filing.refresh_from_db()
    approve(filing_id=filing.pk, user=officer, seen_version=filing.version)
    row = Filing.objects.get(pk=filing.pk)
    assert row.handler_id is None
    assert row.due_at is not None
