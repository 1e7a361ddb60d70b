"""Kinds whose figures the 专精特新发展评价 is computed from (manual §5): 专精特新 and 小巨人."""
from applications.kinds.base import FormKind
from applications.queries_evaluation import development_facts, evaluations_of
from applications.services.evaluations import record_evaluation


class EvaluatedKind(FormKind):
    """They need a 数字化水平评测, and their standards of 2026 read the score of the evaluation."""

    asks_assessment = True

    def further_facts(self, filing, form):
        """Return development_score of this year, under the year's cap, and development_score_last."""
        return development_facts(filing, form.facts)

    def desk_panels(self, filing):
        """Show officers the evaluation of the present submission, and the scores of those before it."""
        newest, earlier = evaluations_of(filing)
        if newest is None:
            return []
        context = {"evaluation": newest, "earlier": earlier}
        return [("evaluation", "专精特新发展评价", "reviews/desk/evaluation.html", context)]

    def on_submitted(self, filing):
        """Write the evaluation of this submission; the first of the year makes the cap."""
        record_evaluation(filing=filing)
