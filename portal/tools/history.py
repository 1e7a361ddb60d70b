"""Who changed a row, when and what it was before (django-simple-history), without the noise of sign-ins."""
from simple_history.models import HistoricalRecords

__all__ = ["HistoricalRecords", "QuietHistory"]


class QuietHistory(HistoricalRecords):
    """History that passes over saves of ``last_login`` alone: each sign-in has a row in the sign-in log already."""

    def post_save(self, instance, created, using=None, **kwargs):
        """Write a history row unless only the last sign-in changed."""
        if kwargs.get("update_fields") != frozenset({"last_login"}):
            super().post_save(instance, created, using=using, **kwargs)
