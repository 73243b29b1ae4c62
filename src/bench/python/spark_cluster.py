"""A standalone Spark cluster of one worker on this machine, from the application's own Spark."""

import contextlib
import os
import socket
import subprocess
import time


def java():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


@contextlib.contextmanager
def started(home, cores, memory, folder):
    """Yields the master's URL; master, worker and executors end with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"spark://127.0.0.1:{port}"
    spark = home / "target/app/spark"
    environment = os.environ | {"SPARK_HOME": str(spark), "SPARK_SCALA_VERSION": "2.13"}
    command = [java(), f"@{home}/conf/jvm.options", "-Xmx256m", "-cp", f"{spark}/jars/*"]
    place = ["--host", "127.0.0.1", "--webui-port", "0"]
    deploy = "org.apache.spark.deploy."
    log = folder / "cluster.log"
    with open(log, "w") as out:
        processes = [
            subprocess.Popen(command + arguments, env=environment, stdout=out, stderr=out)
            for arguments in (
                [deploy + "master.Master", *place, "--port", str(port)],
                [deploy + "worker.Worker", *place, "--cores", str(cores), "--memory", memory]
                + ["--work-dir", str(folder / "work"), url],
            )
        ]
        try:
            deadline = time.time() + 120
            while "Registering worker" not in log.read_text():
                if time.time() > deadline:
                    raise TimeoutError(f"no worker has registered, log: {log}")
                time.sleep(0.2)
            yield url
        finally:
            for process in reversed(processes):
                process.terminate()
                process.wait()
