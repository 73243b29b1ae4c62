package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.store.HostileFolder;

/** The confs and scripts against real Spark processes. */
class JobsIT {
  private static final String HOME = Path.of("").toAbsolutePath().toString();

  @Test
  void theDoctorChecksEveryExecutorOfACluster(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      String text =
          Launcher.run(
              folder.resolve("doctor.log"),
              "--master",
              cluster.url(),
              "doctor",
              "--",
              "--properties-file",
              "conf/spark/standalone.conf",
              "--conf",
              "spark.executor.cores=1",
              "--conf",
              "spark.executor.memory=1g",
              "--conf",
              "spark.driver.host=127.0.0.1");

      assertThat(text).contains("the backends are right on 2 of 2 executors");
      for (String host : List.of("127.0.0.1", "127.0.0.2")) {
        for (String backend : List.of("openblas", "nd4j")) {
          assertThat(text).containsPattern("(?m)^" + host + " .* " + backend + " .* ok$");
        }
      }
    }
  }

  @Test
  void theLocalConfStartsASession(@TempDir Path folder) throws IOException, InterruptedException {
    String text =
        Launcher.run(
            folder.resolve("doctor.log"),
            "doctor",
            "--",
            "--properties-file",
            "conf/spark/local.conf");

    assertThat(text).containsPattern("ok +spark .* on local\\[\\*,4\\], .* 1 of 1 executors");
  }

  /** Without SPARK_HOME it was not read: names of HDFS, and Kerberos, are there. */
  @Test
  void hadoopIsSetUpByItsFolder(@TempDir Path folder) throws IOException, InterruptedException {
    Path kept = HostileFolder.KEPT.toAbsolutePath();
    Files.writeString(
        folder.resolve("core-site.xml"),
        """
        <configuration><property>
          <name>fs.viewfs.mounttable.cluster.link./kept</name><value>%s</value>
        </property></configuration>
        """
            .formatted(kept.toUri()));
    String text =
        Launcher.run(
            folder.resolve("list.log"),
            List.of("jobs/phasemap", "list", "viewfs://cluster/kept"),
            Map.of("HADOOP_CONF_DIR", folder.toString()));

    assertThat(text).containsPattern("kept +complete +20 +36");
  }

  @Test
  void gpuCheckComparesTheBackends(@TempDir Path folder) throws IOException, InterruptedException {
    String text =
        Launcher.run(
            folder.resolve("gpu-check.log"),
            List.of("jobs/gpu-check", "--master", "local[2]"),
            Map.of(
                "PHASEMAP_GPU_CHECK",
                folder.resolve("out").toString(),
                "PHASEMAP_CUDA_DRIVER",
                EmulatedCuda.get().path().toString()));

    assertThat(text).contains("verdict: the 68 rows agree");
  }

  /** Its two nodes are this machine: srun starts each task here, scontrol names this machine. */
  @Test
  void theSlurmScriptRunsASweepOnAClusterOfItsOwn(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    script(bin.resolve("scontrol"), "printf '127.0.0.1\\n127.0.0.2\\n'");
    script(
        bin.resolve("srun"),
        """
        shift # --ntasks-per-node
        trap 'kill $(jobs -p)' TERM
        "$@" & "$@" &
        wait # a signal ends this one
        wait # and srun ends after its tasks
        """);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path results = folder.resolve("results");
    Launcher.run(
        folder.resolve("sbatch.log"),
        List.of(
            "bash",
            "jobs/slurm/phasemap.sbatch",
            "src/test/resources/org/phasemap/cli/small.yaml",
            results.toString(),
            "--conf",
            "spark.executor.cores=1",
            "--conf",
            "spark.executor.memory=1g"),
        Map.of(
            "PATH", bin + ":" + System.getenv("PATH"),
            "PHASEMAP_LOGS", folder.toString(),
            "PHASEMAP_PORT", "" + port,
            "SLURM_SUBMIT_DIR", HOME,
            "SLURM_JOB_ID", "42",
            "SLURM_JOB_NODELIST", "node[1-2]",
            "SLURM_JOB_NUM_NODES", "2",
            "SLURM_CPUS_PER_TASK", "1",
            "SLURM_MEM_PER_NODE", "3000"));

    assertThat(results.resolve("small/report.html")).exists();
    assertThat(Files.readString(folder.resolve("42/master.log"))).contains("Registered app");
    assertThat(ProcessHandle.allProcesses().filter(p -> mentions(p, "127.0.0.1:" + port)))
        .isEmpty();
  }

  private static boolean mentions(ProcessHandle process, String text) {
    return process.info().commandLine().orElse("").contains(text);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
