"""The demo: every stage is there, loading twice changes nothing, production refuses it."""
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from stdnum.cn import uscc

from accounts.models import User
from accounts.reference import load_all
from accounts.uscc import invented_uscc
from applications.demo.cast import ENTERPRISES, OFFICERS, PASSWORD, accounts_line
from applications.demo.loading import load
from applications.models import Recognition
from portal.env import BASE_DIR
from reviews.enums import State
from reviews.models import Filing

STATES = {
    "draft": State.DRAFT,
    "city": State.IN_REVIEW,
    "ministry": State.IN_REVIEW,
    "province": State.IN_REVIEW,
    "returned": State.RETURNED,
    "approved": State.APPROVED,
    "publicised": State.PUBLICISED,
    "recognised": State.RECOGNISED,
    "rejected": State.REJECTED,
}


@pytest.mark.django_db
def test_each_demo_enterprise_is_at_its_stage_and_loading_again_makes_nothing():
    load_all()
    made = []
    load(made.append)
    for enterprise in ENTERPRISES:
        filing = Filing.objects.filter(enterprise__account__login_name=enterprise.login_name).first()
        if enterprise.stage == "new":
            assert filing is None
        else:
            assert filing.state == STATES[enterprise.stage], enterprise.login_name
    assert Recognition.objects.get().enterprise.account.login_name == "cq-title"
    for login_name in ("nj-zjtx2", "nj-xjr", "nj-xjr2"):
        assert Filing.objects.get(enterprise__account__login_name=login_name).verdict == "meets", login_name
    assert Filing.objects.get(enterprise__account__login_name="nj-xjr").desk.code == "320000"
    assert Filing.objects.get(enterprise__account__login_name="nj-xjr2").desk.code == "000000"
    odd = Filing.objects.exclude(warnings=0).values_list("enterprise__account__login_name", "warnings")
    assert list(odd) == [("nj-zjtx2", 2)]
    assert len(made) > len(ENTERPRISES) + len(OFFICERS)
    again = []
    load(again.append)
    assert again == []
    call_command("verify_chains")


@pytest.mark.django_db
def test_every_demo_account_has_the_password_that_is_printed():
    load_all()
    load(lambda line: None)
    assert PASSWORD in accounts_line()
    for login_name in [person.login_name for person in (*OFFICERS, *ENTERPRISES)]:
        assert User.objects.get(login_name=login_name).check_password(PASSWORD)


def test_no_demo_enterprise_carries_the_code_of_a_real_company():
    for enterprise in ENTERPRISES:
        code = invented_uscc(enterprise.serial)
        assert uscc.is_valid(code)
        assert code[2:8] == "999999"


def test_production_refuses_the_demo():
    done = subprocess.run(
        [sys.executable, "manage.py", "load_demo"],
        cwd=BASE_DIR,
        env=os.environ
        | {
            "PORTAL_MODE": "production",
            "SECRET_KEY": "x" * 60,
            "FIELD_KEYS": "A" * 43 + "=",
            "ALLOWED_HOSTS": "x.example",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "refused in production" in done.stderr
