"""核验 of every kind: evidence, contacts, area; they are kept with the submission and never keep it back."""
import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Enterprise, Region
from accounts.tests.factories import make_enterprise
from portal.tests.files import pdf_bytes
from portal.tools.crypto import seal
from reviews import cross_checks
from reviews.cross_checks import EVERY_KIND, CrossCheck, Odd, Submission, all_checks, entries_of, register
from reviews.cross_checks.contacts import same_email, same_mobile
from reviews.cross_checks.evidence import shared_files
from reviews.cross_checks.region import uscc_area
from reviews.enums import Action, SnapshotCause
from reviews.services.snapshots import build_payload, is_intact, take_snapshot
from reviews.tests.factories import attach, change_answers, decide, make_filing, submit
from reviews.tests.kinds import text_item

pytestmark = pytest.mark.django_db

SAME = pdf_bytes("the same certificate")
EMPTY = {"sections": [], "attachments": []}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def draft_with(*contents, region="320102"):
    """Return a draft with a file of each content, and contacts that are its own."""
    filing = make_filing(region=region)
    for content in contents:
        attach(filing, name="证书.pdf", content=content)
    return filing


def checks_of(filing):
    return filing.snapshot.payload["cross_checks"]


# Evidence


def test_a_file_that_another_enterprise_has_submitted_is_to_be_verified():
    submit(draft_with(SAME))
    later = submit(draft_with(SAME))
    (entry,) = checks_of(later)
    assert (entry["code"], entry["severity"]) == ("evidence.shared", "warn")
    assert (entry["section"], entry["field"]) == ("basic", "proof")
    assert "营业执照中的“证书.pdf”，与另外 1 家企业已提交的材料内容完全相同" in entry["message"]
    assert later.warnings == 1


def test_whose_file_it_is_stands_in_no_message():
    first = submit(draft_with(SAME))
    (entry,) = checks_of(submit(draft_with(SAME)))
    assert first.enterprise_name not in entry["message"]
    assert first.number not in entry["message"]


def test_files_of_one_place_make_one_entry_that_counts_files_and_enterprises():
    contents = [pdf_bytes(f"certificate {n}") for n in range(4)]
    submit(draft_with(*contents))
    submit(draft_with(contents[0]))
    (entry,) = checks_of(submit(draft_with(*contents)))
    assert "等 4 个文件" in entry["message"]
    assert "另外 2 家企业" in entry["message"]


def test_a_file_of_a_draft_or_of_ones_own_other_filing_is_no_matter():
    draft_with(SAME)
    enterprise = make_enterprise()
    for kind in ("test_application", "test_giant"):
        filing = make_filing(enterprise, kind=kind)
        attach(filing, content=SAME)
        submit(filing)
        assert checks_of(filing) == []
        assert filing.warnings == 0


# Contacts


def said_by(check, filing, **values):
    """Run a check over a filing whose form asks these fields of 企业基本情况."""
    items = [
        text_item(key, key, seal(text) if key == "contact_mobile" else text, personal=key == "contact_mobile")
        for key, text in values.items()
    ]
    payload = EMPTY | {"sections": [{"key": "basic", "title": "企业基本情况", "items": items}]}
    return list(check(Submission(filing, payload)))


OWN = {"contact_name": "王五", "contact_mobile": "13711112222"}


def test_the_same_person_with_the_same_mobile_in_the_city_is_told_with_the_number_masked():
    filing = make_filing()
    near = make_enterprise(**OWN)
    far = make_enterprise(region="320106", **OWN)
    (odd,) = said_by(same_mobile, filing, **OWN)
    assert (odd.section, odd.field, odd.severity) == ("basic", "contact_mobile", "warn")
    assert "联系人“王五”的手机“137****2222”同时是同一城市另外 2 家企业" in odd.message
    assert near.name in odd.message
    assert far.name not in odd.message
    assert "13711112222" not in odd.message


@pytest.mark.parametrize(
    ("region", "fields"),
    [
        ("320508", OWN),  # another city
        ("320102", OWN | {"contact_mobile": "13711113333"}),
        ("320102", OWN | {"contact_name": "赵六"}),  # the number of another name is not looked at
    ],
)
def test_another_city_number_or_name_is_not_told(region, fields):
    filing = make_filing()
    make_enterprise(region=region, **fields)
    assert said_by(same_mobile, filing, **OWN) == []


def test_no_more_than_the_newest_records_are_opened(monkeypatch):
    filing = make_filing()
    make_enterprise(**OWN)
    make_enterprise(**OWN | {"contact_mobile": "13711113333"})
    monkeypatch.setattr("reviews.cross_checks.contacts.MOST_COMPARED", 1)
    assert said_by(same_mobile, filing, **OWN) == []
    monkeypatch.setattr("reviews.cross_checks.contacts.MOST_COMPARED", 2)
    assert said_by(same_mobile, filing, **OWN)


def test_the_same_mail_address_in_the_city_is_a_notice_whatever_its_case():
    filing = make_filing()
    make_enterprise(contact_email="Wang@Example.com")
    make_enterprise(region="320508", contact_email="su@example.com")
    (odd,) = said_by(same_email, filing, contact_email="wang@example.com")
    assert odd.severity == "notice"
    assert "同一城市另外 1 家企业" in odd.message
    assert said_by(same_email, filing, contact_email="su@example.com") == []
    assert said_by(same_email, filing, contact_email="") == []
    assert said_by(same_email, filing) == []


def test_ones_own_record_is_not_another_enterprise():
    filing = make_filing()
    Enterprise.objects.filter(pk=filing.enterprise_id).update(contact_email="own@example.com")
    assert said_by(same_email, filing, contact_email="own@example.com") == []


# Area


@pytest.mark.parametrize(
    ("area", "region", "level"),
    [
        ("320102", "320102", None),
        ("320106", "320102", None),  # another district of the city
        ("320508", "320102", "市级"),
        ("210202", "320102", "省级"),
        ("320000", "320102", None),  # registered by the province
        ("500103", "500103", None),
        ("500200", "500103", None),  # a municipality has no cities
        ("999999", "320102", None),  # no place
        ("329900", "320102", None),  # no city any more
        ("100000", "320102", None),  # registered by the state
        ("32A102", "320102", None),
    ],
)
def test_province_and_city_of_the_code_are_compared_with_the_region(area, region, level):
    filing = make_filing(region=region)
    filing.enterprise.uscc = f"91{area}{filing.enterprise.uscc[8:]}"
    odds = list(uscc_area(Submission(filing, EMPTY)))
    assert len(odds) == (1 if level else 0)
    for odd in odds:
        assert f"“{area}”" in odd.message
        assert filing.registered_region.full_name in odd.message
        assert f"{level}不一致" in odd.message
        assert odd.severity == "notice"


def test_the_corps_and_the_region_around_it_are_one_province():
    filing = make_filing()
    Region.objects.create(code="650000", name="新疆", full_name="新疆维吾尔自治区", level="province")
    filing.registered_region = Region(code="660101", name="某市", full_name="兵团某市")
    filing.enterprise.uscc = f"91650100{filing.enterprise.uscc[8:]}"
    assert list(uscc_area(Submission(filing, EMPTY))) == []


# How they run


def test_a_check_that_fails_is_told_and_keeps_nobody_from_submitting(monkeypatch, caplog):
    def breaks(case):
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM reviews_filing")

    broken = CrossCheck("test.broken", "坏的核验", "", "", breaks)
    monkeypatch.setattr(cross_checks, "EVERY_KIND", (broken, *EVERY_KIND))
    submit(draft_with(SAME))
    filing = submit(draft_with(SAME))
    assert filing.state == "in_review"
    assert [entry["code"] for entry in checks_of(filing)] == ["evidence.shared", "test.broken"]
    assert checks_of(filing)[1]["message"].startswith("这项核验没有完成：")
    assert "test.broken" in caplog.text
    assert filing.warnings == 2


def test_a_kind_whose_checks_fail_is_told_too(test_kinds, monkeypatch):
    def breaks(filing, payload):
        raise RuntimeError("the kind cannot")

    monkeypatch.setattr(test_kinds["test_application"], "cross_checks", breaks)
    filing = submit(draft_with())
    (entry,) = checks_of(filing)
    assert "这项核验没有完成" in entry["message"]
    assert "测试申报的填报内容" in entry["message"]


def test_what_is_to_be_verified_stands_before_notices(test_kinds, monkeypatch):
    def entries(filing, payload):
        return [{"code": code, "severity": severity} for code, severity in (("a", "notice"), ("b", "warn"))]

    monkeypatch.setattr(test_kinds["test_application"], "cross_checks", entries)
    assert [entry["code"] for entry in checks_of(submit(draft_with()))] == ["b", "a"]


def test_a_preview_is_not_checked_a_decision_keeps_what_was_found_and_the_hash_covers_it():
    submit(draft_with(SAME))
    filing = draft_with(SAME)
    preview = take_snapshot(
        filing=filing, cause=SnapshotCause.PREVIEW, user=filing.enterprise.account, moment=timezone.now()
    )
    assert "cross_checks" not in preview.payload
    submit(filing)
    found = checks_of(filing)
    decide(filing)
    assert filing.snapshot.cause == SnapshotCause.DECISION
    assert checks_of(filing) == found
    assert filing.warnings == len(found) == 1
    assert is_intact(filing.snapshot)
    filing.snapshot.payload["cross_checks"] = []
    assert not is_intact(filing.snapshot)


def test_a_resubmission_is_checked_anew():
    submit(draft_with(SAME))
    filing = submit(draft_with(SAME))
    decide(filing, Action.RETURN, comment="请更换材料。")
    assert filing.warnings == 1
    filing.attachments.update(removed_at=timezone.now())
    submit(change_answers(filing, products="另一种产品"))
    assert checks_of(filing) == []
    assert filing.warnings == 0


@pytest.mark.parametrize("files", [1, 3])
def test_the_checks_take_the_same_queries_for_one_and_three_files(django_assert_num_queries, files):
    contents = [pdf_bytes(f"certificate {n}") for n in range(files)]
    submit(draft_with(*contents))
    filing = draft_with(*contents)
    payload = build_payload(filing, timezone.now())
    with django_assert_num_queries(6):  # two savepoints (4), the files, the area; this form asks no contact name
        assert len(entries_of(filing, payload)) == 1


def test_a_code_belongs_to_one_check():
    with pytest.raises(ValueError, match=r"evidence\.shared"):
        register((CrossCheck("evidence.shared", "", "", "", shared_files),))
    codes = [code for code, _, _ in all_checks()]
    assert len(codes) == len(set(codes))
    assert Odd("").severity == "notice"
