"""Celery tasks by subject; reviews/tasks.py imports them, so that Celery finds them."""
