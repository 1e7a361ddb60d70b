"""A piece of a name finds its row, by the index on PostgreSQL."""
import pytest
from django.db import connection

from accounts.models import Enterprise
from accounts.tests.factories import make_enterprise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("piece", ["矿", "矿山", "京矿山设", "Abc", "abc", "50%"])
def test_a_piece_of_the_name_finds_the_enterprise(piece):
    found = make_enterprise(name="南京矿山设备ABC50%有限公司")
    make_enterprise(name="南京山矿装备有限公司" if piece != "矿" else "北京装备有限公司")
    assert list(Enterprise.objects.filter(name__has_piece=piece)) == [found]


@pytest.mark.parametrize("piece", ["矿_", "5%", "\\"])
def test_signs_of_patterns_are_plain_characters(piece):
    make_enterprise(name="南京矿山设备有限公司")
    assert not Enterprise.objects.filter(name__has_piece=piece).exists()


def test_two_characters_are_served_by_the_index():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        # Of a handful of rows the planner would read all; only a bitmap is left to it, as for a table of a million.
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = Enterprise.objects.filter(name__has_piece="矿山").explain()
    assert "enterprise_name_pairs" in plan
