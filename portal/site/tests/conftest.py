"""For every test of the public site: the small kinds of reviews' tests are registered, and gone afterwards."""
from reviews.tests.conftest import test_kinds

__all__ = ["test_kinds"]
