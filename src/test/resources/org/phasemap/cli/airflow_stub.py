"""Runs the DAG's operator on commands with each exit code: airflow_stub.py 2|3 FOLDER."""

import logging
import os
import runpy
import sys
import types

version, folder = sys.argv[1:]


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    pass


class DAG:
    def __init__(self, **options):
        assert options["default_args"]["retries"] == 3

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        return False


class BaseOperator:
    log = logging.getLogger("operator")

    def __init__(self, *, task_id):
        self.task_id = task_id


def module(name, **members):
    made = types.ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made


def param(default, **options):
    return default


module("airflow.exceptions", AirflowException=AirflowException, AirflowFailException=AirflowFailException)
if version == "3":
    module("airflow")
    module("airflow.sdk", DAG=DAG, BaseOperator=BaseOperator, Param=param)
else:
    module("airflow", DAG=DAG)
    module("airflow.models")
    module("airflow.models.baseoperator", BaseOperator=BaseOperator)
    module("airflow.models.param", Param=param)

dag = runpy.run_path("jobs/airflow/phasemap_dag.py")
os.makedirs(os.path.join(folder, "jobs"))
for code in range(5):
    command = os.path.join(folder, "jobs", "phasemap")
    with open(command, "w") as file:
        file.write(f"#!/bin/sh\n[ \"$1\" = sweep ] && exit {code}\nexit 9\n")
    os.chmod(command, 0o755)
    operator = dag["SweepOperator"](task_id="sweep", home=folder, arguments=["sweep"])
    try:
        operator.execute({})
        print(code, "done")
    except AirflowFailException:
        print(code, "failed for good")
    except AirflowException:
        print(code, "tried again")
