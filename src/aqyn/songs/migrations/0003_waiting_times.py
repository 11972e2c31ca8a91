from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("songs", "0002_desk")]

    operations = [
        migrations.AddField(model_name="song", name="waiting_times", field=models.JSONField(default=dict))
    ]
