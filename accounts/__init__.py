"""Who: users, enterprises, authorities, regions, industries, messages and the SMS outbox."""
