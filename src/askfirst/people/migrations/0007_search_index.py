"""On PostgreSQL, indexes by which part of a name or address is found among a million people.

The extension pg_trgm comes with PostgreSQL; where this database's owner may not switch it on, the search works without.
"""

from django.db import DatabaseError, migrations, transaction

COLUMNS = ("name", "email")


def create(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=editor.connection.alias), editor.connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    for column in COLUMNS:
        # As Django asks: UPPER(name::text) LIKE UPPER('%part%').
        editor.execute(
            f"CREATE INDEX people_person_{column}_part ON people_person USING gin (upper({column}::text) gin_trgm_ops)"
        )


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            editor.execute(f"DROP INDEX IF EXISTS people_person_{column}_part")


class Migration(migrations.Migration):
    dependencies = [("people", "0006_connections")]

    operations = [migrations.RunPython(create, drop)]
