"""The same file in the filings of two enterprises is noticed: by the desk with names, by the enterprise without."""
import pytest
from django.urls import reverse

from accounts.tests.factories import make_enterprise, make_officer
from portal.tests.files import pdf_bytes
from reviews.enums import Action, State
from reviews.models import Attachment
from reviews.queries.evidence import shared_evidence, with_sharing
from reviews.tests.factories import attach, decide, make_filing, submit

pytestmark = pytest.mark.django_db

SAME = pdf_bytes("the same certificate")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def filed(region="320102", content=SAME, **options):
    filing = make_filing(region=region, **options)
    attach(filing, name="证书.pdf", content=content)
    return submit(filing)


def found(filing, user):
    hashes = filing.attachments.values_list("sha256", flat=True)
    return [other["number"] for rows in shared_evidence(filing, user, hashes).values() for other in rows]


def is_shared(filing):
    return with_sharing(Attachment.objects.filter(filing=filing)).get().is_shared


def test_a_file_of_ones_own_is_shared_with_nobody():
    filing = filed()
    assert found(filing, make_officer("320100")) == []
    assert not is_shared(filing)


def test_the_same_file_with_another_enterprise_is_noticed_on_both_sides():
    filing, other = filed(), filed()
    officer = make_officer("320100")
    assert found(filing, officer) == [other.number]
    assert found(other, officer) == [filing.number]
    assert is_shared(filing)
    assert is_shared(other)


def test_the_same_file_twice_with_one_enterprise_is_no_matter():
    filing = filed()
    attach(filing, slot="basic.more", name="又一份.pdf", content=SAME)
    assert found(filing, make_officer("320100")) == []
    assert not any(row.is_shared for row in with_sharing(filing.attachments.all()))


def test_an_officer_learns_only_of_filings_in_his_jurisdiction():
    nanjing, suzhou = filed("320102"), filed("320508")
    assert found(nanjing, make_officer("320100")) == []
    assert found(nanjing, make_officer("320000")) == [suzhou.number]


def test_an_officer_does_not_learn_of_drafts_and_of_what_came_after_a_return():
    filing = filed()
    draft = make_filing()
    attach(draft, content=SAME)
    returned = make_filing(state=State.IN_REVIEW)
    decide(returned, Action.RETURN, comment="请补充证书。")
    attach(returned, content=SAME)
    officer = make_officer("320100")
    assert found(filing, officer) == []
    submit(returned)
    assert found(filing, officer) == [returned.number]


def test_what_was_submitted_and_removed_after_a_return_is_still_noticed():
    filing, other = filed(), filed()
    decide(other, Action.RETURN, comment="请更换。")
    attachment = other.attachments.get()
    attachment.removed_at = attachment.uploaded_at.replace(year=attachment.uploaded_at.year + 1)
    attachment.save()
    assert found(filing, make_officer("320100")) == [other.number]


def test_it_takes_one_query(django_assert_num_queries):
    filing = filed()
    for _ in range(3):
        filed()
    officer = make_officer("320100")
    hashes = list(filing.attachments.values_list("sha256", flat=True))
    with django_assert_num_queries(1):
        assert len(shared_evidence(filing, officer, hashes)) == 1


def test_the_desk_names_the_other_filings_and_links_to_them(client):
    filing, other = filed(enterprise=make_enterprise(name="甲机械有限公司")), filed(
        enterprise=make_enterprise(name="乙机械有限公司")
    )
    client.force_login(make_officer("320100", "reviewer"))
    page = client.get(reverse("admin:reviews_filing_change", args=[filing.pk])).content.decode()
    assert "另有 1 件其他企业的申报用了内容完全相同的文件" in page
    assert f"乙机械有限公司（{other.number}）" in page
    assert reverse("admin:reviews_filing_change", args=[other.pk]) in page
