"""What rules have in common: where a field stands, the sentence for a part above its whole, asking for a blank."""
from applications.computed import plain


def plain_number(value):
    """Show a figure without superfluous zeros."""
    return value if isinstance(value, int) else plain(value)


def home(form, field):
    """Return the key of the section that has the field. Raises StopIteration when none has."""
    return next(section.key for section in form.sections if field in section.fields)


def part_above_whole(form, part, whole, unit):
    """Return the finding for a part that exceeds its whole, in a list."""
    part_value, whole_value = form.facts[part], form.facts[whole]
    if part_value is None or whole_value is None or part_value <= whole_value:
        return []
    whole_label = form.by_key[home(form, whole)].label_of(whole)
    message = (
        f"您填写的“{plain_number(part_value)}”{unit}大于{whole_label}“{plain_number(whole_value)}”{unit}，"
        f"应不超过{whole_label}。请核对两项数据及单位后改正。"
    )
    return [form.finding(home(form, part), part, message)]


def ask(form, section, names, message):
    """Return a finding for each of these fields that is blank."""
    return [
        form.finding(section, name, message, blank=True) for name in names if form.by_key[section].raw(name) == ""
    ]
