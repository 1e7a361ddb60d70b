"""Public pages and error pages."""
