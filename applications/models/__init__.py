"""Models of the applications app."""
from applications.models.recognition import Recognition, RecognitionSeries

__all__ = ["Recognition", "RecognitionSeries"]
