"""Which authorities review a filing, in which order."""
import pytest

from accounts.enums import AuthorityLevel
from accounts.models import Authority, Region
from accounts.tests.factories import make_authority_tree, make_enterprise
from portal.tools.errors import Refused
from reviews.enums import State
from reviews.kinds import get_kind
from reviews.models import Route, RouteStep
from reviews.services.routes import resolve_route
from reviews.tests.factories import authority, change_answers, decide, make_filing, submit

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.mark.parametrize(
    ("region", "codes"),
    [
        ("320102", ["320100", "320000"]),  # a province: city, then province; the county is passed over by default
        ("210202", ["210202", "210200"]),  # a 计划单列市 is a province of its own, its districts the first level
        ("500103", ["500103", "500000"]),  # a municipality: district, then municipality
    ],
)
def test_an_application_goes_from_the_first_level_to_the_province(region, codes):
    make_authority_tree()
    route = resolve_route(get_kind("test_application"), Region.objects.get(pk=region))
    assert [step.code for step in route] == codes


def test_a_province_that_asks_its_counties_first_gets_three_steps():
    make_authority_tree()
    _set_route("320000", ["county", "city", "province"])
    route = resolve_route(get_kind("test_application"), Region.objects.get(pk="320102"))
    assert [step.code for step in route] == ["320102", "320100", "320000"]


def test_a_city_without_counties_has_no_county_step():
    make_authority_tree()
    _set_route("320000", ["county", "city", "province"])
    region = Region.objects.get(pk="320102")
    region.authority = authority("320100")
    region.save()
    assert [step.code for step in resolve_route(get_kind("test_application"), region)] == ["320100", "320000"]


def test_a_region_without_an_authority_is_refused_instead_of_losing_the_filing():
    make_authority_tree()
    region = Region.objects.get(pk="320102")
    region.authority = None
    with pytest.raises(Refused, match="没有对应的主管部门"):
        resolve_route(get_kind("test_application"), region)


def test_a_route_whose_levels_do_not_exist_here_is_refused_with_whom_to_call():
    make_authority_tree()
    _set_route("500000", ["county"])
    with pytest.raises(Refused, match="请联系重庆市中小企业主管部门"):
        resolve_route(get_kind("test_application"), Region.objects.get(pk="500103"))


def test_a_change_of_the_route_does_not_touch_a_filing_under_way():
    filing = make_filing(state=State.IN_REVIEW)
    _set_route("320000", ["city"])
    decide(filing)
    assert (filing.state, filing.desk.code) == (State.IN_REVIEW, "320000")
    fresh = make_filing(state=State.IN_REVIEW)
    decide(fresh)
    assert fresh.state == State.APPROVED


def test_after_a_return_the_route_starts_again_from_the_present_region():
    enterprise = make_enterprise(region="320102")
    filing = make_filing(enterprise, state=State.RETURNED)
    change_answers(filing, region="320508")
    submit(filing)
    assert (filing.desk.code, filing.city.code, filing.county.code) == ("320500", "320500", "320508")
    assert [step.authority.code for step in filing.steps.filter(round=2)] == ["320500", "320000"]


def _set_route(province, levels):
    route = Route.objects.create(kind="test_application", province=Authority.objects.get(code=province))
    for position, level in enumerate(levels, start=1):
        RouteStep.objects.create(route=route, position=position, level=AuthorityLevel(level))
