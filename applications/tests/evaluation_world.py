"""For tests of the 专精特新发展评价: facts, a small kind that is evaluated, weights with round scores."""
import datetime
from decimal import Decimal

from django.utils import timezone

from accounts.tests.factories import make_officer
from applications.evaluation.catalogue import BONUS, INDICATORS
from applications.models import EvaluationWeights
from applications.services.evaluations import add_weights, record_evaluation
from reviews.tests.kinds import ApplicationKind

#: Facts in which nothing is blank; every industry mean is met exactly but those of growth, for nothing grows.
FACTS = {
    **{f"{name}_y{n}": Decimal(figure) for name, figure in (
        ("employees", 100), ("rd_staff", 20), ("revenue", 8000), ("main_revenue", 8000), ("main_cost", 6000),
        ("sales_expense", 480), ("admin_expense", 480), ("net_profit", 400), ("rd_expense", 240),
    ) for n in (1, 2, 3)},
    **{f"total_profit_y{n}": Decimal(figure) for n, figure in enumerate(("556.8", "556.8", "556.8"), start=1)},
    **{f"net_assets_y{n}": Decimal(5000) for n in (1, 2, 3)},
    "segment_years": 3, "inventions": 2, "inventions_main_class": 1, "inventions_recent": 0,
    "standards_lead_national": 0, "standards_lead_industry": 0, "standards_joined": 1, "quality_level": "iso9001",
    "product_certificates": (), "digital_score": Decimal(40), "digital_level": 2, "smart_titles": (),
    "integration": "none", "green_titles": (), "pct_patents": 0, "award_best": "none", "rd_body_level": "city",
    "chain_work": False, "chain_honours": False, "entity_list": False,
}  # fmt: skip

#: What each of these facts brings with the weights of ``round_weights``: 60, 10 and 10 points.
SIXTY = {"segment_years": 10}
SEVENTY = SIXTY | {"quality_level": "national"}
EIGHTY = SEVENTY | {"green_titles": ["factory"]}


def changed(**facts):
    """Return FACTS with some replaced."""
    return FACTS | facts


def flat(**figures):
    """Return yearly facts with the same figure in all three years."""
    return {f"{name}_y{n}": Decimal(figure) for name, figure in figures.items() for n in (1, 2, 3)}


def course(name, *figures):
    """Return yearly facts of one figure, the newest first."""
    return {f"{name}_y{n}": Decimal(figure) for n, figure in enumerate(figures, start=1)}


class EvaluatedTestKind(ApplicationKind):
    """A kind whose answers hold the facts of the evaluation as they are."""

    code = "test_evaluated"
    title = "测试评价申报"

    def on_submitted(self, filing):
        record_evaluation(filing=filing, facts=filing.answers["evaluation"])

    def prefill(self, enterprise, moment):
        return super().prefill(enterprise, moment) | {"evaluation": {}}


class OtherEvaluatedTestKind(EvaluatedTestKind):
    """Another kind that is evaluated, so that an enterprise has two filings in a year."""

    code = "test_evaluated_too"
    title = "测试评价复核"


def ministry_manager():
    """Return the officer who may set weights and means."""
    return make_officer("000000", "manager")


def points_of(**points):
    """Return the points of an edition: those given, 0 for every other indicator and bonus item."""
    return dict.fromkeys([*INDICATORS, *BONUS], "0") | {code: str(value) for code, value in points.items()}


def round_weights(*, user=None, valid_from=None, **points):
    """Add an edition in which 从事年限 brings up to 60 points and one indicator of each other dimension 10."""
    wanted = {"segment_years": 60, "quality_system": 10, "green": 10, "awards": 10, "revenue_growth": 10} | points
    weights = EvaluationWeights(
        title="整数权重", valid_from=valid_from or timezone.localdate(), points=points_of(**wanted), source="测试"
    )
    return add_weights(user=user or ministry_manager(), weights=weights)


def tomorrow():
    """Return the next day."""
    return timezone.localdate() + datetime.timedelta(days=1)
