from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_evidence'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='contact',
            name='hours_confirmed',
        ),
        migrations.RemoveField(
            model_name='contact',
            name='long_number',
        ),
        migrations.RemoveField(
            model_name='contact',
            name='second_reading',
        ),
        migrations.RemoveField(
            model_name='historicalcontact',
            name='hours_confirmed',
        ),
        migrations.RemoveField(
            model_name='historicalcontact',
            name='long_number',
        ),
        migrations.RemoveField(
            model_name='historicalcontact',
            name='second_reading',
        ),
        migrations.RemoveField(
            model_name='historicalsupport',
            name='verified_on',
        ),
        migrations.RemoveField(
            model_name='support',
            name='verified_on',
        ),
    ]
