"""The search table, made for the database at hand; see askfirst.library.search_sqlite and search_postgres."""

from django.db import migrations

from askfirst.library import search_postgres, search_sqlite


def create(apps, editor):
    module = search_postgres if editor.connection.vendor == "postgresql" else search_sqlite
    editor.execute(module.CREATE)


def drop(apps, editor):
    editor.execute(search_sqlite.DROP)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
