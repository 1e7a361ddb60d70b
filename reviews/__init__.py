"""A filing (申报件) and its way: states, routes, snapshots, review desk, publicity, documents."""
