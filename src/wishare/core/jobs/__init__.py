"""Work that leaves the request: queues in the app's own database, their workers, and a schedule.

Code that has something to do later imports `django_tasks.task` and nothing from here:

    @task(queue_name="low_priority")
    def refresh(list_id: int) -> None: ...

    refresh.enqueue(list_id)

The row of a job is written in the transaction of whoever enqueues it, so it is there if and only if that is committed.
A job may run more than once (a worker can die after the work and before the note that it is done): it takes ids, looks
at what is there, and can be repeated. Where its effect is in the database, `running.once` makes it happen once. Where
many writes want the same job, `coalescing.enqueue_once(refresh, list_id)` enqueues one for all of them.
"""
