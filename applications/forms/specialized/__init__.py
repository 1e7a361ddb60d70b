"""专精特新中小企业自评表 (domain.md §5.1, §5.3, §1.7, §2.2, §3.3, §5.6).

``EDITIONS`` (applications) and ``RENEWAL_EDITIONS`` (renewals) map specialized-2022 and specialized-2026 to
their FormEdition.
A renewal has the same edition with one section more, 现有称号; the kind of a filing tells which of the two it is.
"""
from applications.facts import DERIVATIONS
from applications.forms.document import FormEdition
from applications.forms.shared.basic import BasicSection
from applications.forms.shared.digital import DigitalSection
from applications.forms.shared.economy import EconomySection
from applications.forms.shared.renewal import RenewalSection
from applications.forms.shared.specialization import SpecializationSection
from applications.forms.shared.statement import StatementSection, StatementSection2026
from applications.forms.shared.warnings import WARNINGS
from applications.forms.specialized import edition_2022, edition_2026
from applications.forms.specialized.rules import RULES_2022, RULES_2026
from applications.forms.specialized.sections import EvidenceSection

_SECTIONS_2022 = (
    BasicSection,
    EconomySection,
    SpecializationSection,
    DigitalSection,
    edition_2022.RefinementSection,
    edition_2022.DistinctionSection,
    edition_2022.InnovationSection,
    edition_2022.ChainSection,
    edition_2022.OtherSection,
    EvidenceSection,
    StatementSection,
)
_SECTIONS_2026 = (
    BasicSection,
    EconomySection,
    SpecializationSection,
    DigitalSection,
    edition_2026.RefinementSection,
    edition_2026.DistinctionSection,
    edition_2026.InnovationSection,
    edition_2026.ChainSection,
    edition_2026.OtherSection,
    EvidenceSection,
    StatementSection2026,
)



def _editions(further=()):
    """Return the editions by code, with further sections after 企业基本情况."""
    contents = {"specialized-2022": (_SECTIONS_2022, RULES_2022), "specialized-2026": (_SECTIONS_2026, RULES_2026)}
    return {
        code: FormEdition(
            code=code,
            sections=(sections[0], *further, *sections[1:]),
            rules=rules,
            derivations=DERIVATIONS,
            warnings=WARNINGS,
        )
        for code, (sections, rules) in contents.items()
    }


EDITIONS = _editions()
RENEWAL_EDITIONS = _editions((RenewalSection,))
