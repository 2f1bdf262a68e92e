"""One job for many reasons: a hundred writes of a person enqueue one.

The row of a job that waits is the note that one waits, so there is no second one to keep right: it appears with the
transaction of whoever enqueued it, is waiting again after its worker died, and ends to wait when it is claimed, before
it reads anything.

On PostgreSQL who finds such a job holds it by a share lock until the end of their transaction, and a worker passes by
jobs that are held (`rows.claim`). So it runs after the commit of everybody who relied on it, and sees what they wrote.
Nobody waits for anybody: holders share, and a job that a worker is just taking is none that waits. SQLite has one
writer at a time, so there a job cannot be claimed in between anyway.

Transactions that run at the same time do not see each other's jobs: each that finds none enqueues one, rather than
waiting for how another ends. So there may be as many as transactions that were open at once. It is for work that may be
done too often; what must not is written as `running.once`.
"""

import json
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import Task

#: A job that waits and will do the same. Index `jobs_alike` finds it; a claim excludes the lock, a second holder not.
ALIKE = {
    "postgresql": "SELECT 1 FROM django_tasks_database_dbtaskresult WHERE status = 'READY' AND task_path = %s"
    " AND md5(args_kwargs::text) = md5(CAST(%s AS jsonb)::text) LIMIT 1 FOR KEY SHARE SKIP LOCKED",
    "sqlite": "SELECT 1 FROM django_tasks_database_dbtaskresult WHERE status = 'READY' AND task_path = %s"
    " AND args_kwargs = %s LIMIT 1",
}


def enqueue_once(task: Task[..., Any], *args: object, delay: timedelta = timedelta()) -> bool:
    """Enqueues the task unless the same with the same arguments waits already; returns whether it did.

    One that waits to be tried again after a failure counts, too. In the transaction of the caller, if there is one.
    """
    with transaction.atomic(savepoint=False):
        if waits(task, *args):
            return False
        task.using(run_after=timezone.now() + delay).enqueue(*args)
    return True


def waits(task: Task[..., Any], *args: object) -> bool:
    """Whether such a job waits. It will not start before the present transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ALIKE[connection.vendor], [task.module_path, json.dumps({"args": args, "kwargs": {}})])
        return cursor.fetchone() is not None
