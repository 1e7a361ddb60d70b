"""App configuration of applications."""
from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Registers the kinds of filing in the order of the tiers, and with accounts the answer to who is 已认定."""

    name = "applications"
    verbose_name = "申报"

    def ready(self):
        """Register at start-up, when the models can be imported."""
        from accounts.services.enterprises import register_title_check
        from applications.kinds import KINDS
        from applications.queries import holds_title
        from applications.queries_titles import count_titles
        from reviews.kinds import register
        from reviews.titles import register_title_counter

        for kind in KINDS:
            register(kind())
        register_title_check(holds_title)
        register_title_counter(count_titles)
