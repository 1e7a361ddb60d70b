"""Kinds whose figures the 专精特新发展评价 is computed from (manual §5): 专精特新 and 小巨人."""
from applications.kinds.base import FormKind
from applications.queries_evaluation import development_facts
from applications.services.evaluations import record_evaluation


class EvaluatedKind(FormKind):
    """They need a 数字化水平评测, and their standards of 2026 read the score of the evaluation."""

    asks_assessment = True

    def further_facts(self, filing, form):
        """Return development_score of this year, under the year's cap, and development_score_last."""
        return development_facts(filing, form.facts)

    def on_submitted(self, filing):
        """Write the evaluation of this submission; the first of the year makes the cap."""
        record_evaluation(filing=filing)
