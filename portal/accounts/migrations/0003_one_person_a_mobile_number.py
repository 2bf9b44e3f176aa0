from django.db import migrations, models


# Every page reads its person: made in the usual way, the index would keep all of them waiting. No
# older version writes the column, so that none can be refused by it.
INDEX = """
    CREATE UNIQUE INDEX CONCURRENTLY one_person_a_mobile_number
    ON accounts_user (phone) WHERE NOT (phone = '')
"""
NO_INDEX = 'DROP INDEX CONCURRENTLY IF EXISTS one_person_a_mobile_number'


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('accounts', '0002_mobile_number'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(INDEX, NO_INDEX)],
            state_operations=[
                migrations.AddConstraint(
                    model_name='user',
                    constraint=models.UniqueConstraint(condition=models.Q(('phone', ''), _negated=True), fields=('phone',), name='one_person_a_mobile_number'),
                ),
            ],
        ),
    ]
