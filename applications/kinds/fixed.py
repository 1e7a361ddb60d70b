"""Sections of a form that come from records: 企业数字化转型水平 and 现有称号, as the text of their fields."""
from django.utils import timezone

from applications.computed import plain


def digital_values(assessment):
    """Return the section digital for the newest complete DigitalAssessment, blank for None (manual 图17)."""
    if assessment is None:
        return {"digital_level": "", "digital_score": "", "digital_date": ""}
    return {
        "digital_level": str(assessment.level),
        "digital_score": plain(assessment.score),
        "digital_date": timezone.localdate(assessment.completed_at).isoformat(),
    }


def renewal_values(title):
    """Return the section renewal for the recognition that is renewed, blank for None."""
    if title is None:
        return {"renewal_title": "", "renewal_number": "", "renewal_from": "", "renewal_until": ""}
    return {
        "renewal_title": title.get_tier_display(),
        "renewal_number": title.number,
        "renewal_from": title.valid_from.isoformat(),
        "renewal_until": title.valid_until.isoformat(),
    }
