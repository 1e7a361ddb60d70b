"""Database triggers that refuse to change or delete a row, for migrations of append-only tables."""

_POSTGRES = """
CREATE FUNCTION {table}_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
"""
_POSTGRES_UNDO = """
DROP TRIGGER {table}_append_only ON {table};
DROP FUNCTION {table}_append_only();
"""
_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
)
_SQLITE_UNDO = ("DROP TRIGGER {table}_no_update", "DROP TRIGGER {table}_no_delete")


def forbid_changes(*tables):
    """Return the (forward, backward) pair of functions for RunPython that guard ``tables``."""

    def run(schema_editor, postgres, sqlite):
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(postgres.format(table=table))
            else:
                for statement in sqlite:
                    schema_editor.execute(statement.format(table=table))

    def forward(apps, schema_editor):
        run(schema_editor, _POSTGRES, _SQLITE)

    def backward(apps, schema_editor):
        run(schema_editor, _POSTGRES_UNDO, _SQLITE_UNDO)

    return forward, backward
