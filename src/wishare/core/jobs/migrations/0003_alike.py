"""Finds the job that waits and will do the same (`core/jobs/coalescing.py`).

Arguments may be longer than what PostgreSQL takes into an index, so it gets their digest.
"""

from typing import Any

from django.db import migrations

TABLE = "django_tasks_database_dbtaskresult"
ARGUMENTS = {"postgresql": "md5(args_kwargs::text)", "sqlite": "args_kwargs"}


def add(apps: Any, schema_editor: Any) -> None:
    arguments = ARGUMENTS[schema_editor.connection.vendor]
    schema_editor.execute(f"CREATE INDEX jobs_alike ON {TABLE} (task_path, {arguments}) WHERE status = 'READY'")


def remove(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP INDEX jobs_alike")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_indexes")]

    operations = [migrations.RunPython(add, remove)]
