"""The three tiers: section forms, standards, recognitions, and the fill-in machinery."""
