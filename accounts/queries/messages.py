"""Reads of 系统消息 and of the outbox."""
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When

from accounts.enums import NoticeChannel, NoticeState
from accounts.models import Notice

PAGE_SIZE = 20


@dataclass(frozen=True)
class MessagePage:
    """One page of an inbox; ``number`` counts from 1. Has what includes/pager.html needs."""

    messages: list
    number: int
    has_next: bool
    last: int | None = None  # unknown without a count

    @property
    def previous(self):
        """The number of the page before, or None."""
        return self.number - 1 or None

    @property
    def next(self):
        """The number of the page after."""
        return self.number + 1

    @property
    def has_unread(self):
        """Whether there is something to mark as read; unread messages come first."""
        return any(message.read_at is None for message in self.messages)


def message_page(*, recipient, number=1):
    """Return a page of the recipient's messages, unread ones first, then the newest; one query, no count.

    An inbox holds hundreds of rows at most and is read through the index ``notice_inbox``, so an offset is cheap.
    """
    start = (number - 1) * PAGE_SIZE
    unread_first = Case(When(read_at__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = list(
        Notice.objects.filter(recipient=recipient, channel=NoticeChannel.MESSAGE)
        .defer("mobile", "provider_answer")
        .order_by(unread_first, "-id")[start : start + PAGE_SIZE + 1]
    )
    return MessagePage(messages=rows[:PAGE_SIZE], number=number, has_next=len(rows) > PAGE_SIZE)


def due_notice_ids(*, now, limit):
    """Return the ids of queued SMS whose time has come, the longest waiting first."""
    return list(
        Notice.objects.filter(state=NoticeState.QUEUED, next_attempt_at__lte=now)
        .order_by("next_attempt_at")
        .values_list("pk", flat=True)[:limit]
    )
