import datetime

import pytest
from django.utils import timezone

from accounts.models import Notice
from applications.models import Recognition, RenewalEligibility
from applications.services.evidence import attach_evidence
from applications.services.recognitions import valid_until
from applications.standing import Standing
from applications.tests.filled import REQUIRED_SLOTS, TYPED, pdf, type_in
from applications.tests.titles import make_renewable, to_title
from reviews.services.filings import open_filing, submit

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def renewed(title):
    """Renew a title of 创新型 with the same answers; return the new Recognition."""
    account = title.enterprise.account
    filing = open_filing(user=account, kind_code="innovative_renewal")
    type_in(filing, TYPED)
    for slot in REQUIRED_SLOTS:
        attach_evidence(filing_id=filing.pk, user=account, slot=slot, upload=pdf(f"{slot}.pdf", slot))
    submit(filing_id=filing.pk, user=account, seen_version=filing.version)
    filing.refresh_from_db()
    return to_title(filing)


def test_a_renewal_before_the_end_begins_the_day_after_it_so_that_no_day_is_lost():
    old = make_renewable(ends_in=60)
    new = renewed(old)
    assert new.valid_from == old.valid_until + DAY
    assert new.valid_until == valid_until(new.valid_from)


def test_a_renewal_after_the_end_begins_on_the_day_of_the_announcement():
    old = make_renewable(ends_in=-40)
    new = renewed(old)
    assert new.valid_from == timezone.localdate()


def test_the_old_title_stays_as_it_was_and_the_new_one_has_a_number_of_its_own():
    old = make_renewable(ends_in=60)
    before = Recognition.objects.values().get(pk=old.pk)
    new = renewed(old)
    assert Recognition.objects.values().get(pk=old.pk) == before
    assert new.number != old.number
    assert new.tier == old.tier


def test_the_enterprise_holds_the_old_title_to_its_end_and_the_new_one_after_it():
    old = make_renewable(ends_in=60)
    new = renewed(old)
    assert Standing(old.enterprise, timezone.localdate()).title("innovative") == old
    assert Standing(old.enterprise, old.valid_until).title("innovative") == old
    assert Standing(old.enterprise, old.valid_until + DAY).title("innovative") == new


def test_the_renewal_uses_the_eligibility_up():
    old = make_renewable(ends_in=60)
    new = renewed(old)
    row = RenewalEligibility.objects.get()
    assert row.withdrawn_at is not None
    assert new.number in row.withdrawn_reason


def test_the_news_speak_of_a_renewal():
    old = make_renewable(ends_in=60)
    renewed(old)
    titles = set(Notice.objects.filter(recipient=old.enterprise.account).values_list("title", flat=True))
    assert {"复核已提交", "已通过创新型中小企业复核"} <= titles
