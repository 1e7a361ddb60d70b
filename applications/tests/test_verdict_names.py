"""The verdicts that the work list of the desk offers are those that an assessment gives."""
from applications.standards import results
from reviews.queries.choices import VERDICTS


def test_the_desk_offers_every_verdict_of_an_assessment_under_its_name_and_no_other():
    assert VERDICTS == [
        (results.MEETS, "满足"),
        (results.MEETS_DIRECT, "以直通条件满足"),
        (results.NOT_YET, "暂不满足"),
        (results.INCOMPLETE, "填报不完整"),
    ]
    every = {value for name, value in vars(results).items() if name.isupper()}
    assert {code for code, _ in VERDICTS} == every
