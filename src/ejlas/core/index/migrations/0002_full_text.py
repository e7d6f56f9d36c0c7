"""Let the database look terms up by their beginnings: a full-text table on SQLite, an index on PostgreSQL.

The terms come cut into words, so neither cuts them again: on SQLite the tokeniser `ascii` parts them at blanks alone,
as every character outside ASCII is a letter to it; on PostgreSQL they become the lexemes as they are.
"""

from django.db import migrations

POSTGRESQL = [
    # The cost keeps the planner from reading the whole table, for which it has no measure of its own.
    "CREATE FUNCTION index_lexemes(terms text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000 AS "
    "$$ BEGIN RETURN array_to_tsvector(string_to_array(terms, ' ')); END $$",
    "CREATE INDEX index_entry_terms ON index_entry USING gin (index_lexemes(terms))",
]
SQLITE = [
    "CREATE VIRTUAL TABLE index_terms USING fts5(terms, content='index_entry', content_rowid='id', "
    "tokenize='ascii', prefix='1 2 3', detail='none', columnsize=0)",
    "CREATE TRIGGER index_terms_added AFTER INSERT ON index_entry BEGIN "
    "INSERT INTO index_terms(rowid, terms) VALUES (new.id, new.terms); END",
    "CREATE TRIGGER index_terms_removed AFTER DELETE ON index_entry BEGIN "
    "INSERT INTO index_terms(index_terms, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    "CREATE TRIGGER index_terms_changed AFTER UPDATE OF terms ON index_entry BEGIN "
    "INSERT INTO index_terms(index_terms, rowid, terms) VALUES ('delete', old.id, old.terms); "
    "INSERT INTO index_terms(rowid, terms) VALUES (new.id, new.terms); END",
]
BACK = {
    "postgresql": ["DROP INDEX index_entry_terms", "DROP FUNCTION index_lexemes(text)"],
    "sqlite": [
        "DROP TRIGGER index_terms_changed",
        "DROP TRIGGER index_terms_removed",
        "DROP TRIGGER index_terms_added",
        "DROP TABLE index_terms",
    ],
}


def make(apps, schema_editor):
    """Make what looks the terms up."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    """Remove it."""
    for statement in BACK["postgresql" if schema_editor.connection.vendor == "postgresql" else "sqlite"]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Triggers and an index."""

    dependencies = [("index", "0001_entries")]
    operations = [migrations.RunPython(make, unmake)]
