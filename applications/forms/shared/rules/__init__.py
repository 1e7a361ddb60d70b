"""Rules across fields that several forms share: one function each, a complete sentence for each breach.

A rule is a function of the FilledForm that returns a list of Finding. It speaks only when the values that it compares
are there; ``blank=True`` marks what is merely still to be filled in, which a draft may leave open.
"""
