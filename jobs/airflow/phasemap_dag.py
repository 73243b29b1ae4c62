"""A sweep every night, by Airflow 2.4 or newer. Put into Airflow's dags/ folder.

Airflow's variables: phasemap_home (a checkout of PhaseMap on the worker), phasemap_master (such as
spark://host:7077), phasemap_results (a path that driver and executors share).

A sweep goes on where it stopped, so trying again is safe and does only what is missing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow import DAG
from airflow.models.param import Param
from airflow.operators.bash import BashOperator

SWEEP = (
    "cd '{{ var.value.phasemap_home }}' && "
    "jobs/phasemap --master '{{ var.value.phasemap_master }}' sweep '{{ params.spec }}' "
    "--results '{{ var.value.phasemap_results }}' -- --properties-file conf/spark/standalone.conf"
)

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
    sweep = BashOperator(task_id="sweep", bash_command=SWEEP)
