"""The public site: home page, publicity lists, announcements. May read every app."""
