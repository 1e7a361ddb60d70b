"""A comment at a field goes out with a return; so who may return a filing may write one, and nobody else."""
import pytest

from accounts.tests.factories import make_officer
from portal.tools.errors import NotPermitted
from reviews.enums import State
from reviews.models import FieldComment
from reviews.services import decisions
from reviews.tests.factories import authority, decide, make_filing

pytestmark = pytest.mark.django_db


def at_the_ministry():
    """Return a 小巨人 that city and province have approved."""
    filing = make_filing(state=State.IN_REVIEW, kind="test_giant")
    while filing.desk_id != authority("000000").pk:
        decide(filing)
        filing.refresh_from_db()
    return filing


def comment(filing, user):
    return decisions.add_comment(
        filing_id=filing.pk, user=user, section="basic", field="products", label="主导产品", text="请核对",
        visibility="enterprise",
    )


def test_the_province_comments_at_a_field_of_a_little_giant_at_the_ministry_and_the_return_sends_it():
    filing, officer = at_the_ministry(), make_officer("320000")
    written = comment(filing, officer)
    decisions.remove_comment(comment_id=written.pk, user=officer)
    written = comment(filing, officer)
    decisions.return_filing(filing_id=filing.pk, user=officer, seen_version=filing.version, comment="请核对后重新提交")
    assert FieldComment.objects.get(pk=written.pk).event.action == "return"


def test_the_province_sees_the_links_for_comments_and_the_city_that_has_decided_does_not(client):
    filing = at_the_ministry()
    for code, has_links in (("320000", True), ("320100", False)):
        client.force_login(make_officer(code))
        page = client.get(f"/admin/reviews/filing/{filing.pk}/change/").content.decode()
        assert ("?comment=" in page) is has_links


@pytest.mark.parametrize(("code", "role"), [("320100", "reviewer"), ("320000", "viewer")])
def test_who_may_not_return_it_writes_no_comment(code, role):
    filing = at_the_ministry()
    with pytest.raises(NotPermitted):
        comment(filing, make_officer(code, role))


def test_the_province_writes_none_where_only_the_desk_may_return():
    filing = make_filing(state=State.IN_REVIEW)
    with pytest.raises(NotPermitted, match="不在您所在部门的待审列表中"):
        comment(filing, make_officer("320000"))
