"""Celery tasks by subject; applications/tasks.py, which Celery finds, imports them."""
