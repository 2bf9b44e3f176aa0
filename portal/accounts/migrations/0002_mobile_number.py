from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_user'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='phone',
            field=models.CharField(blank=True, db_default='', default='', help_text='E.164. Codes to sign in by go there.', max_length=16, verbose_name='mobile number'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('phone', ''), ('phone__regex', '^\\+[1-9][0-9]{5,14}$'), _connector='OR'), name='a_mobile_number_is_e164'),
        ),
    ]
