"""A sweep every night, by Airflow 2.4 or newer. Put into Airflow's dags/ folder.

Airflow's variables: phasemap_home (a checkout of PhaseMap on the worker, built by jobs/phasemap build
--cluster), phasemap_master (such as spark://host:7077), phasemap_results (a path that driver and
executors share).

A sweep goes on where it stopped, so trying again is safe and does only what is missing. A mistake in the
spec (exit code 2) would be one again: it fails at once. Failed cells are rows of the tables, not failures.
"""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timedelta

from airflow.exceptions import AirflowException, AirflowFailException

try:  # Airflow 3
    from airflow.sdk import DAG, BaseOperator, Param
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.models.baseoperator import BaseOperator
    from airflow.models.param import Param

FOUND = 1
MISUSED = 2


class SweepOperator(BaseOperator):
    """Runs jobs/phasemap and gives its exit code the meaning that it has."""

    template_fields = ("home", "arguments")

    def __init__(self, *, home: str, arguments: list[str], final: tuple[int, ...] = (MISUSED,), **kwargs):
        super().__init__(**kwargs)
        self.home = home
        self.final = final  # exit codes that would be the same again
        self.arguments = arguments
        self.process = None

    def execute(self, context):
        command = [os.path.join(self.home, "jobs", "phasemap"), *self.arguments]
        self.log.info("Runs %s", command)
        self.process = subprocess.Popen(
            command,
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        for line in self.process.stdout:
            self.log.info("%s", line.rstrip())
        code = self.process.wait()
        if code in self.final:
            what = "a mistake in what was asked for" if code == MISUSED else "a regression"
            raise AirflowFailException(f"exit code {code}: {what}; see the log")
        if code != 0:
            raise AirflowException(f"exit code {code}; the next try goes on where this one stopped")

    def on_kill(self):
        if self.process is not None:
            self.process.terminate()  # It commits what is done.


with DAG(
    dag_id="phasemap",
    description="Runs what a PhaseMap spec wants and its results lack",
    schedule="0 1 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # One driver at a time may write to a results folder.
    max_active_runs=1,
    params={"spec": Param("conf/sweeps/01-quickstart.yaml", type="string")},
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
) as dag:
    sweep = SweepOperator(
        task_id="sweep",
        home="{{ var.value.phasemap_home }}",
        arguments=[
            "--master",
            "{{ var.value.phasemap_master }}",
            "sweep",
            "{{ params.spec }}",
            "--results",
            "{{ var.value.phasemap_results }}",
            "--accept-failed",
            "--",
            "--properties-file",
            "conf/spark/standalone.conf",
        ],
    )

with DAG(
    dag_id="phasemap_nightly",
    description="Runs the nightly sweeps, and says whether they have changed (docs/regress.md)",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
) as nightly_dag:
    nightly = SweepOperator(
        task_id="nightly",
        home="{{ var.value.phasemap_home }}",
        arguments=[
            "--master",
            "{{ var.value.phasemap_master }}",
            "nightly",
            "conf/sweeps/10-nightly.yaml",
            "conf/sweeps/10-nightly-weight-free.yaml",
            "conf/sweeps/10-nightly-nd4j.yaml",
            "--results",
            "{{ var.value.phasemap_results }}",
            # A second trigger of one day does nothing, and a run that is cleared is that day's again.
            "--slot",
            "{{ ds }}",
            "--",
            "--properties-file",
            "conf/spark/standalone.conf",
        ],
        final=(FOUND, MISUSED),
    )
