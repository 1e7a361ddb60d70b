"""Small helpers that know nothing of the portal's business: every layer may use them."""
