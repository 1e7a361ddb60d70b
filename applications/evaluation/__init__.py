"""专精特新发展评价 (domain.md §3): formulas, scales and charts. docs/evaluation.md explains every one."""
from applications.evaluation.data import Means, Weights, check_points, default_weights, read_weights
from applications.evaluation.estimate import division_of, estimate
from applications.evaluation.results import Result

__all__ = [
    "Means",
    "Result",
    "Weights",
    "check_points",
    "default_weights",
    "division_of",
    "estimate",
    "read_weights",
]
