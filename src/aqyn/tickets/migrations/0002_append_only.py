from django.db import migrations

from aqyn.ui.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [append_only("tickets_scan")]
