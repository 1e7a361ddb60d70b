"""What the forms of several tiers ask alike: sections, lists, evidence and rules (domain.md §5.1 to §5.3, §5.6)."""
