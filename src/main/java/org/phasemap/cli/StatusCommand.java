package org.phasemap.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.phasemap.plan.Plan;
import org.phasemap.query.Query;
import org.phasemap.spec.SpecReader;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description = "Says what of a sweep is done, failed and missing.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Override
  public Integer call() {
    ResultsFolder folder = ResultsFolder.open(results);
    Plan plan = Plan.of(SpecReader.read(Path.of(folder.path("spec.yaml")), List.of()));
    Map<String, Long> byStatus = new HashMap<>();
    if (!folder.files(Tables.REPLICATES).isEmpty()) {
      try (Query query = Query.open(folder)) {
        query
            .rows("select status, count(*) as rows from replicates group by status")
            .forEach(row -> byStatus.put(row.text("status"), row.whole("rows")));
      }
    }
    long measured = byStatus.getOrDefault("measured", 0L);
    long failed = byStatus.getOrDefault("failed", 0L);
    System.out.printf("cells      %,d%n", plan.cells().size());
    System.out.printf("rows       %,d wanted%n", plan.rows());
    System.out.printf("measured   %,d%n", measured);
    System.out.printf("failed     %,d%n", failed);
    System.out.printf("missing    %,d%n", Math.max(0, plan.rows() - measured - failed));
    List<ManifestEntry> commits = folder.manifest();
    System.out.printf("commits    %,d%n", commits.size());
    return failed > 0 ? Main.FOUND : Main.DONE;
  }
}
