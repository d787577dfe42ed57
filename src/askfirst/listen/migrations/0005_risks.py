"""Mentions that were there before `is_risk` get it from their kinds, or they would stand in neither column."""

from django.db import migrations


def mark(apps, schema_editor):
    for mention in apps.get_model("listen", "Mention").objects.only("kind", "kinds").iterator(chunk_size=500):
        if {"risk", "complaint"} & {mention.kind, *mention.kinds}:
            mention.is_risk = True
            mention.save(update_fields=["is_risk"])


class Migration(migrations.Migration):
    dependencies = [("listen", "0004_shape")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
