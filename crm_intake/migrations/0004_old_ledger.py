from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('crm_intake', '0003_ledger'),
    ]

    operations = [
        migrations.DeleteModel(
            name='ConsentEvent',
        ),
    ]
