package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;

/** Results in HDFS, of a name node and a data node in this JVM. */
class HdfsIT {
  private static final String SPEC = "src/test/resources/org/phasemap/cli/small.yaml";

  @Test
  void everyCommandWorksOnHdfsAsOnALocalDisk(@TempDir Path folder) throws Exception {
    System.setProperty("spark.phasemap.cache.dir", folder.resolve("cache").toString());
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(new Configuration(), folder.resolve("dfs").toFile())
            .numDataNodes(1)
            .build()) {
      FileSystem hdfs = cluster.getFileSystem();
      String remote = hdfs.getUri() + "/results";
      String local = folder.resolve("results").toString();
      for (String results : List.of(local, remote)) {
        said("sweep", SPEC, "--results", results, "--quiet");
      }
      ResultsFolder stored = ResultsFolder.open(remote + "/small", HadoopSettings.ofThisProcess());
      assertThat(SweepTables.replicates(stored))
          .isNotEmpty()
          .isEqualTo(SweepTables.replicates(Path.of(local, "small")));
      for (String[] command :
          List.of(
              new String[] {"status", "RESULTS", "--verify"},
              new String[] {"query", "RESULTS", "select count(*) from cells"},
              new String[] {"report", "RESULTS"})) {
        assertThat(of(command, remote).replace(remote, local)).isEqualTo(of(command, local));
      }
      assertThat(of(new String[] {"sweep", SPEC, "--results", remote}, ""))
          .contains("nothing is missing");
      assertThat(hdfs.listStatus(new org.apache.hadoop.fs.Path("/results/small")))
          .extracting(file -> file.getPath().getName())
          .containsExactly("cells", "manifest", "replicates", "report.html", "spec.yaml");
    } finally {
      System.clearProperty("spark.phasemap.cache.dir");
    }
  }

  private static String of(String[] command, String results) {
    String[] words = command.clone();
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("RESULTS", results + "/small");
    }
    return said(words);
  }

  private static String said(String... arguments) {
    Ran ran = Ran.of(arguments);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.out();
  }
}
