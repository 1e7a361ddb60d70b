"""Invented accounts and filings at every stage, to look at the portal with. Never in production."""
