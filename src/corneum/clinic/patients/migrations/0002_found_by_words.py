from django.db import migrations, models

import corneum.db.full_text


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="patient",
            name="words",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=corneum.db.full_text.FullText(column="words", name="patients_patient_words"),
        ),
    ]
