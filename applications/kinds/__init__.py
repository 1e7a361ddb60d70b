"""The kinds of filing that this app registers."""
from applications.kinds.innovative import InnovativeApplication, InnovativeRenewal
from applications.kinds.little_giant import LittleGiantApplication, LittleGiantRenewal
from applications.kinds.specialized import SpecializedApplication, SpecializedRenewal

#: In the order of the pages: tiers from the first to the highest, application before renewal.
KINDS = (
    InnovativeApplication,
    InnovativeRenewal,
    SpecializedApplication,
    SpecializedRenewal,
    LittleGiantApplication,
    LittleGiantRenewal,
)
