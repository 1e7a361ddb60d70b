"""创新型中小企业自评表, edition 1 (domain.md §5.1, §5.3, §1.6, §5.6)."""
from applications.forms.document import FormEdition
from applications.forms.innovative.direct import DirectSection
from applications.forms.innovative.economy import ROWS, EconomySection
from applications.forms.innovative.evidence import EvidenceSection
from applications.forms.innovative.innovation import InnovationSection
from applications.forms.innovative.rules import RULES
from applications.forms.innovative.specialization import SpecializationSection
from applications.forms.innovative.statement import StatementSection
from applications.forms.plausibility import usual_warnings
from applications.forms.shared.basic import BasicSection
from applications.forms.shared.renewal import RenewalSection

EDITION = FormEdition(
    code="innovative_application-1",
    sections=(
        BasicSection,
        EconomySection,
        InnovationSection,
        SpecializationSection,
        DirectSection,
        EvidenceSection,
        StatementSection,
    ),
    rules=RULES,
    warnings=usual_warnings("economy", money=[row.key for row in ROWS if row.unit == "万元" and not row.computed]),
)

#: 复核: the same form with the present title.
RENEWAL_EDITION = FormEdition(
    code="innovative_renewal-1",
    sections=(EDITION.sections[0], RenewalSection, *EDITION.sections[1:]),
    rules=RULES,
    warnings=usual_warnings("economy", money=[row.key for row in ROWS if row.unit == "万元" and not row.computed]),
)
