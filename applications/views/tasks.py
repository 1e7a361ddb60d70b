"""What a return asks of the enterprise, section by section, and how far it has come."""
from dataclasses import dataclass

from applications.views.fill import fill_url
from reviews.kinds import get_kind


@dataclass(frozen=True)
class Task:
    """One returned section: its number and title in the form, its address there, and its comments with their places."""

    number: int
    title: str
    place: str
    answers: list

    @property
    def changed(self):
        """How many of its comments have been answered by a change."""
        return sum(answer.is_changed for answer, _ in self.answers)

    @property
    def is_done(self):
        """Whether every commented field has been changed."""
        return self.changed == len(self.answers)


def returned_tasks(filing, compared):
    """Return a Task for each section with comments, in the order of the form."""
    tasks = []
    for number, section in enumerate(get_kind(filing.kind).form_edition(filing).sections, start=1):
        answers = [
            (answer, fill_url(filing, f"f-{section.key}-{answer.comment.field}"))
            for answer in compared.answers
            if answer.comment.section == section.key
        ]
        if answers:
            tasks.append(Task(number, section.title, fill_url(filing, f"section-{section.key}"), answers))
    return tasks
