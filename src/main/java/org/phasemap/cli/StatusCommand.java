package org.phasemap.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Progress;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.spec.SpecReader;
import org.phasemap.store.Damage;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description = "Says how much of a sweep is done, has failed and is missing.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final String FAILURES =
      """
      select printf('%d of %d cells: %s: %s', count(*), count(distinct cell_id), error_class,
        any_value(error_message)) as failure
      from replicates where status = 'failed' group by error_class order by count(*) desc
      """;

  @Parameters(paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Option(
      names = "--verify",
      description = "finds damaged files: reads each one and compares it with its SHA-256")
  private boolean verifies;

  @Override
  public Integer call() {
    ResultsFolder folder = ResultsFolder.open(results, HadoopSettings.ofThisProcess());
    List<Damage> damages = verifies ? Damage.find(folder) : List.of();
    if (!damages.isEmpty()) {
      damages.forEach(d -> System.out.printf("%s: %s%n", folder.path(d.file().path()), d.what()));
      System.err.printf("phasemap: %,d files are damaged; %s%n", damages.size(), Damage.REMEDY);
      return ExitCode.FOUND;
    }
    String yaml = folder.specYaml().orElseThrow(() -> new UserException(results + ": has no spec"));
    Plan plan = Plan.of(SpecReader.resolved(yaml, folder.path("spec.yaml"), FileAccess.PLAIN));
    Progress progress = new Progress(plan);
    Map<String, Long> byStatus = new HashMap<>();
    List<String> failures = new ArrayList<>();
    if (!folder.files(Tables.REPLICATES).isEmpty()) {
      try (Query query = Query.open(folder)) {
        query
            .rows("select status, count(*) as rows from replicates group by status")
            .forEach(row -> byStatus.put(row.text("status"), row.whole("rows")));
        addRows(query, progress);
        query.rows(FAILURES).forEach(row -> failures.add(row.text("failure")));
      }
    }
    long measured = byStatus.getOrDefault("measured", 0L);
    long failed = byStatus.getOrDefault("failed", 0L);
    System.out.printf("cells      %,d%n", plan.cells().size());
    String most = plan.rows() > plan.fewestRows() ? " by now, at most %,d" : "";
    System.out.printf("rows       %,d wanted" + most + "%n", progress.wanted(), plan.rows());
    System.out.printf("measured   %,d%n", measured);
    System.out.printf("failed     %,d%n", failed);
    failures.forEach(failure -> System.out.printf("           %s%n", failure));
    System.out.printf("missing    %,d%n", progress.missing());
    List<ManifestEntry> commits = folder.manifest();
    System.out.printf("commits    %,d%n", commits.size());
    return failed > 0 ? ExitCode.FOUND : ExitCode.DONE;
  }

  private static void addRows(Query query, Progress progress) {
    List<String> columns = new ArrayList<>(List.of("cell_id", "replicate"));
    columns.addAll(progress.columns());
    for (Rows.Row row : query.rows("select " + String.join(", ", columns) + " from replicates")) {
      double[] values = progress.columns().stream().mapToDouble(row::number).toArray();
      progress.add(row.text("cell_id"), (int) row.whole("replicate"), values);
    }
  }
}
