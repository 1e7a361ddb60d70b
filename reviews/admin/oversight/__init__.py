"""工作监督: what the authorities below do, 催办, 改派, 并入."""
from reviews.admin.oversight import merging, overview, reminders, rerouting

VIEWS = [*overview.VIEWS, *reminders.VIEWS, *rerouting.VIEWS, *merging.VIEWS]
