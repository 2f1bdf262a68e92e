"""What workers and the staff page ask of the table of jobs. Its model is not ours, so the indexes are plain SQL.

Index 1 gives the next job of a queue without a look at those for later; index 2 the few that run, and the failed.
"""

from django.db import migrations

TABLE = "django_tasks_database_dbtaskresult"


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX jobs_ready ON {TABLE} (queue_name, run_after) WHERE status = 'READY'",
            "DROP INDEX jobs_ready",
        ),
        migrations.RunSQL(
            f"CREATE INDEX jobs_held ON {TABLE} (status, queue_name, finished_at, id)",
            "DROP INDEX jobs_held",
        ),
    ]
