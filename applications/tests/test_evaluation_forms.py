"""The forms of 专精特新 and 小巨人 ask for every input of the 发展评价, in the options that its scales know."""
import itertools

import pytest

from applications.evaluation import estimate
from applications.evaluation.data import scales
from applications.forms.shared import choices
from applications.tests.tier_forms import CODES, Desk, typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", CODES)
def test_a_complete_form_leaves_no_input_of_the_evaluation_blank(code):
    result = estimate(Desk(code).fill(typed(code)).facts, industry_code="3511", year=2026)
    assert result.missing == ()
    assert [row.label for row in result.bonus_items if row.missing] == []


def test_the_complete_form_of_2026_has_this_score():
    code = "specialized-2026"
    result = estimate(Desk(code).fill(typed(code)).facts, industry_code="3511", year=2026)
    assert {row.code: f"{row.points}" for row in result.dimensions} == {
        "specialization": "19.33", "refinement": "15.91", "distinction": "17.13", "innovation": "20.91",
        "growth": "9.56",
    }  # fmt: skip
    assert (f"{result.bonus}", f"{result.total}") == ("2.00", "84.84")


def test_every_option_of_the_forms_has_its_share():
    options = {
        "quality_system": [code for code, _ in choices.QUALITY_LEVELS],
        "integration": [code for code, _ in choices.INTEGRATION],
        "rd_body": [*choices.BodyLevel.values, "none"],
        "awards": [*choices.AwardLevel.values, "none"],
    }
    for name, codes in options.items():
        shares = [scales()[name].share(code) for code in codes]
        assert all(better >= worse for better, worse in itertools.pairwise(shares)), name
        assert (len(shares), shares[-1]) == (len(scales()[name].options), 0), name
