"""What a certificate (证书) says: the facts that the announcement has made public, and the hash of them.

The announced name of the enterprise stands on it, not a later one: the announcement is what counts.
"""
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings

#: Changed when the template changes what a certificate says.
EDITION = "1"


@dataclass(frozen=True)
class Title:
    """The facts of one recognition that the public knows from its announcement."""

    number: str
    tier: str
    tier_title: str
    enterprise: str
    uscc: str
    valid_from: date
    valid_until: date
    authority: str
    document_number: str
    announced_on: date
    announcement_id: int

    def standing(self, day):
        """Return "valid", "expired" or "coming" on a day."""
        if day > self.valid_until:
            return "expired"
        return "valid" if day >= self.valid_from else "coming"


def title_of(recognition):
    """Return the Title of a recognition read with enterprise, filing, and announcement with its authority."""
    announcement = recognition.announcement
    return Title(
        number=recognition.number,
        tier=recognition.tier,
        tier_title=recognition.get_tier_display(),
        enterprise=recognition.filing.enterprise_name,
        uscc=recognition.enterprise.uscc,
        valid_from=recognition.valid_from,
        valid_until=recognition.valid_until,
        authority=announcement.authority.name,
        document_number=announcement.document_number,
        announced_on=announcement.announced_on,
        announcement_id=announcement.pk,
    )


def certificate_key(title):
    """Return the hash of what the paper says, the address of its check page included: one paper is made once."""
    content = json.dumps([EDITION, settings.SITE_URL, asdict(title)], default=str, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
