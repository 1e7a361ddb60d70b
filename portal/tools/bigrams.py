"""Search for a piece of a name that an index serves from two Chinese characters on (design.md §11).

On PostgreSQL ``portal_bigrams(text)`` gives the set of neighbouring pairs of characters, which a GIN index holds; a
piece of a name is found by its pairs and then checked letter by letter. SQLite compares letter by letter only.
"""
from django.db.models import Lookup

_FUNCTION = """
CREATE FUNCTION portal_bigrams(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(name), place, 2)), '{}')
    FROM generate_series(1, char_length(name) - 1) AS place
$$
"""


class ContainsPiece(Lookup):
    """``name__has_piece="南京"``: the name contains these characters, whatever their case.

    accounts.apps registers it, so that every process knows it: the migrations alone would import this module.
    """

    lookup_name = "has_piece"

    def as_sql(self, compiler, connection):
        """Compare letter by letter."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        pattern = [f"%{connection.ops.prep_for_like_query(value)}%" for value in right_params]
        return f"LOWER({left}) LIKE LOWER({right}) ESCAPE '\\'", (*left_params, *pattern)

    def as_postgresql(self, compiler, connection):
        """Let the index find the candidates first; one character alone has no pair and cannot use it."""
        exact, params = self.as_sql(compiler, connection)
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        pairs = f"portal_bigrams({left}::text) @> portal_bigrams({right}::text)"
        return f"({pairs} AND {exact})", (*left_params, *right_params, *params)


def make_function(apps, schema_editor):
    """Migration step: make the function on PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_FUNCTION, params=None)


def drop_function(apps, schema_editor):
    """Undo make_function."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION portal_bigrams(text)", params=None)


def indexes(**statements):
    """Return the (forward, backward) pair for RunPython of PostgreSQL-only indexes: name=what comes after ON."""

    def forward(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for name, rest in statements.items():
                schema_editor.execute(f"CREATE INDEX {name} ON {rest}", params=None)

    def backward(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for name in statements:
                schema_editor.execute(f"DROP INDEX {name}", params=None)

    return forward, backward
