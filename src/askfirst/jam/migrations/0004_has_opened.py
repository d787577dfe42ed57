from django.db import migrations, models
from django.utils import timezone


def opened(apps, _editor):
    apps.get_model("jam", "Jam").objects.filter(opens_at__lte=timezone.now()).update(has_opened=True)


class Migration(migrations.Migration):
    dependencies = [("jam", "0003_shown_material")]

    operations = [
        migrations.AddField("jam", "has_opened", models.BooleanField(default=False)),
        migrations.RunPython(opened, migrations.RunPython.noop),
    ]
