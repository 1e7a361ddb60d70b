"""App configuration of reviews."""
from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """See the package docstring."""

    name = "reviews"
    verbose_name = "审核"
