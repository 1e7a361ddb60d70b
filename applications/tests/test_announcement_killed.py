"""公告 is all or nothing: a process that is killed in the middle leaves no title and no gap in the numbers."""
import pytest

from accounts.tests.factories import make_enterprise
from applications.models import Recognition, RecognitionSeries
from applications.tests.filled import make_submitted
from reviews.enums import PublicityState, State
from reviews.models import Filing
from reviews.tests.factories import announce, decide, end_publicity, officer_of, publicise
from tests.workers import run_in_a_process_of_its_own

pytestmark = pytest.mark.django_db(transaction=True)


def approved(name):
    filing = make_submitted(make_enterprise(name=name))
    while filing.state == State.IN_REVIEW:
        decide(filing)
    return filing


def test_killed_in_the_middle_nobody_has_a_title_and_done_again_the_numbers_have_no_gap():
    filings = [approved(f"公告中断{number}号有限公司") for number in (1, 2, 3)]
    listed = end_publicity(publicise(filings[0]))
    killed = run_in_a_process_of_its_own(f"""
import os, signal
from accounts.models import User
from applications.models import Recognition
from applications.services import recognitions
from reviews.services import publicity
from django.db.models.signals import post_save
def die_at_the_second(sender, instance, **_):
    if instance.number.endswith("00002"):
        os.kill(os.getpid(), signal.SIGKILL)
post_save.connect(die_at_the_second, sender=Recognition)
publicity.announce(
    user=User.objects.get(pk={officer_of(listed.authority).pk}), publicity_id={listed.pk},
    seen_version={listed.version}, document_number="苏〔2026〕1号",
)
""")
    assert killed.returncode == -9, killed.stderr
    listed.refresh_from_db()
    assert listed.state == PublicityState.RUNNING
    assert not Recognition.objects.exists()
    assert not RecognitionSeries.objects.filter(last__gt=0).exists()
    assert set(Filing.objects.values_list("state", flat=True)) == {State.PUBLICISED}
    filings[0].refresh_from_db()
    announce(filings[0])
    numbers = list(Recognition.objects.order_by("number").values_list("number", flat=True))
    assert [number[-5:] for number in numbers] == ["00001", "00002", "00003"]
