"""`opencompact serve`: the public and staff service, on a fresh machine, in one command."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.output import json_option, print_json, say
from opencompact.language import N_

if TYPE_CHECKING:
    from opencompact.public.serving import Ready, Recovered

_INVITATION = N_("Set the administrator's password here (three days, one use): {invitation}")


@click.command(epilog="Example: opencompact serve --sample")
@click.option("--state", type=click.Path(path_type=Path), default=Path("opencompact-service"), show_default=True, help="The folder of the service: its database, built reviews, its secret.")  # fmt: skip
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="The tables that indicators and reviews are made of."
)
@click.option("--sample", is_flag=True, help="Serve the synthetic sample: a fictional country, its actions and tables.")
@click.option("--texts", type=click.Path(path_type=Path), multiple=True, help="A UN text, or a folder of them, to read and search.")  # fmt: skip
@click.option("--import", "files", type=click.Path(path_type=Path), multiple=True, help="A file of actions to import first.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option("--prepare-only", is_flag=True, help="Make everything ready and stop: migrations, imports, assets.")
@click.option("--recover", metavar="ADDRESS", is_flag=False, flag_value="", help="Take the password and the second factor of the administrator at this address away (of the only one where none is given), print a new invitation and stop.")  # fmt: skip
@json_option
def serve(
    state: Path, workspace: Path | None, sample: bool, texts: tuple[Path, ...], files: tuple[Path, ...], host: str,
    port: int, workers: int, prepare_only: bool, recover: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Serve texts, actions and reviews.

    With DATABASE_URL it uses that PostgreSQL; without, one of its own under --state (for root under
    /var/lib/opencompact, which is then said), on a socket, started and stopped with the service. The first start prints
    an invitation for the administrator.
    """
    from opencompact.public.database import folder_of, start_embedded
    from opencompact.public.serving import Service, assert_made, hold, prepare
    from opencompact.public.serving import recover as recover_it
    from opencompact.public.serving import serve as serve_it

    held = None if prepare_only or recover is not None else hold(host, port)
    given, embedded = os.environ.get("DATABASE_URL"), folder_of(state)
    if recover is not None:
        assert_made(state, embedded, given)
    database = given or start_embedded(embedded, state=state)
    tables = workspace or (_sample_workspace(state) if sample else None)
    service = Service(
        state=state.resolve(), workspace=tables.resolve() if tables else None, sample=sample, texts=texts, files=files,
        host=host, port=port,
    )  # fmt: skip
    if recover is not None:
        _say_recovered(recover_it(service, database, recover), as_json)
        return
    ready = prepare(service, database)
    if not as_json:
        if not given and state.resolve() not in embedded.resolve().parents:
            say("The database lies in {folder}: keep copies of it together with {state}.", folder=embedded, state=state)
        _say_loaded(ready)
    if held is None:
        _say_ready(ready, as_json, f"http://{host}:{port}/", state)
    else:
        announce = partial(_say_ready, ready, as_json, f"http://{host}:{port}/")
        serve_it(service, workers, held=held, announce=announce)


def _say_loaded(ready: Ready) -> None:
    """What was loaded, what of it lacks something, and the invitation of a first day."""
    for line in ready.loaded:
        say("Loaded {line}.", line=line)
    for lack in ready.incomplete:
        say(lack)
    if ready.invitation:
        say(_INVITATION, invitation=ready.invitation)
        say("Then sign in as {account}.", account=ready.account)


def _say_ready(ready: Ready, as_json: bool, address: str, folder: Path | None = None) -> None:
    """Says where it is served, or that it was made ready in a folder: once that is true, and at once."""
    if as_json:
        told = {
            "loaded": ready.loaded,
            "incomplete": ready.incomplete,
            "invitation": ready.invitation,
            "account": ready.account,
        }
        print_json({"address": address, **told})
    elif folder is not None:
        say("Ready in {folder}.", folder=folder)
    else:
        say("Serving at {address} (stop with Ctrl-C).", address=address)
    sys.stdout.flush()


def _say_recovered(found: Recovered, as_json: bool) -> None:
    if as_json:
        print_json({"account": found.account, "invitation": found.invitation})
        return
    say(_INVITATION, invitation=found.invitation)
    say("Then sign in as {account}. The link opens while the service runs: start it as always if it does not.", account=found.account)  # fmt: skip


def _sample_workspace(state: Path) -> Path:
    """The sample's tables, imported into a workspace once."""
    from opencompact.statistics import Workspace
    from opencompact.statistics.importing import import_folder
    from opencompact.statistics.sample.places import register
    from opencompact.statistics.sample.writing import write_sample

    register()
    folder, files = state / "sample", state / "synthetic-files"
    if not files.is_dir():
        Workspace.create(folder)
        write_sample(files)
    import_folder(folder, files)
    return folder
