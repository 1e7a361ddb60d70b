"""创新型中小企业自评表, edition 1 (domain.md §5.1, §5.3, §1.6, §5.6)."""
from applications.forms.document import FormEdition
from applications.forms.innovative.basic import BasicSection
from applications.forms.innovative.direct import DirectSection
from applications.forms.innovative.economy import EconomySection
from applications.forms.innovative.evidence import EvidenceSection
from applications.forms.innovative.innovation import InnovationSection
from applications.forms.innovative.rules import RULES
from applications.forms.innovative.specialization import SpecializationSection
from applications.forms.innovative.statement import StatementSection

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
)
