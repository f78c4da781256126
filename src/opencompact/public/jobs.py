"""Reviews are built beside the web server, one at a time: what is asked for stands in the database until it is done.

Whoever works on a job holds a lock of PostgreSQL's for as long as it lives. A job that is `running` and whose lock is
free was interrupted, by a restart or by a machine that failed, and is taken up again; after three tries it is given up.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from opencompact.errors import OpenCompactError
from opencompact.language import N_
from opencompact.public import country, turning, writing
from opencompact.public.models import Job

TRIES = 3
# The first of the two numbers of our locks, so that nobody else's are ours.
_LOCKS = 73_195
_log = logging.getLogger("opencompact.jobs")


def work_forever(pause: float = 2.0) -> None:
    """Takes up jobs as they come, until the process ends; a database that does not answer is asked again."""
    while True:
        try:
            close_old_connections()
            turning.turn_all(writing.today())
            while work_once():
                pass
        except Exception:
            _log.exception("Jobs could not be looked for.")
        time.sleep(pause)


def work_once() -> bool:
    """Does the oldest job that nobody works on. Gives whether there was one."""
    for number in Job.objects.filter(state__in=["waiting", "running"]).order_by("id").values_list("id", flat=True):
        with _held(number) as mine:
            if mine and (job := _begun(number)):
                _do(job)
                return True
    return False


@contextmanager
def _held(number: int) -> Iterator[bool]:
    """The lock of a job, for as long as this block lasts or this process lives; False where another holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, number])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, number])


@transaction.atomic
def _begun(number: int) -> Job | None:
    """The job with its try noted; None where it was done meanwhile, or was interrupted too often."""
    job = Job.objects.select_for_update().filter(pk=number, state__in=["waiting", "running"]).first()
    if job is None:
        return None
    if job.attempts >= TRIES:
        remedy = N_("Tell whoever runs the service; then ask for it again.")
        writing.end_job(job=job, problem=N_("The building was interrupted three times."), remedy=remedy)
        return None
    job.state, job.began, job.attempts, job.step = "running", timezone.now(), job.attempts + 1, ""
    job.save()
    return job


def _do(job: Job) -> None:
    try:
        country.build_review(job.area, tuple(job.languages), edition=job.pk, progress=_teller(job))
    except OpenCompactError as error:
        writing.end_job(job=job, problem=error.problem, remedy=error.remedy or "")
    except Exception:
        _log.exception("The review of %s could not be built.", job.area)
        remedy = N_("It is in the log of the service. Tell whoever runs it.")
        writing.end_job(job=job, problem=N_("Something went wrong while the review was built."), remedy=remedy)
    else:
        writing.end_job(job=job)
        country.tidy(job.area)


def _teller(job: Job) -> Callable[[str], None]:
    def tell(step: str) -> None:
        Job.objects.filter(pk=job.pk).update(step=step[:80])

    return tell
