package org.phasemap.cli.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.Terminal;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Progress;
import org.phasemap.query.Query;
import org.phasemap.rows.Holdings;
import org.phasemap.rows.WrongRows;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.Damage;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.DamagedFile;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description = "Says how much of a sweep is done, has failed and is missing.",
    footer = {
      "  phasemap status results/01-quickstart",
      "  phasemap status results/01-quickstart --watch"
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
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
      description = {
        "finds damaged files: reads each one and compares it with its SHA-256, and its rows with"
            + " their sum, with their configurations and with those of the other table"
      })
  private boolean verifies;

  @Option(
      names = "--watch",
      description = "shows how it goes on until the sweep ends, and then says the same")
  private boolean watches;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Configuration configuration = HadoopSettings.ofThisProcess();
    ResultsFolder folder = ResultsFolder.open(results, configuration);
    if (verifies && areDamaged(folder, Damage.find(folder))) {
      return ExitCode.FOUND;
    }
    String yaml = folder.specYaml().orElseThrow(() -> new UserException(results + ": has no spec"));
    Plan plan = Plan.of(SpecReader.resolved(yaml, folder.path("spec.yaml"), FileAccess.PLAIN));
    if (watches) {
      new Watch(folder, plan.rows(), System.out, Terminal.detect()).untilItEnds();
    }
    CommittedFiles.check(folder);
    if (verifies && areDamaged(folder, WrongRows.find(plan, folder, configuration))) {
      return ExitCode.FOUND;
    }
    Holdings holdings = Holdings.read(plan, folder, configuration);
    holdings.requireNoneTwice(folder);
    Progress progress = holdings.progress();
    List<String> failures = holdings.failed() > 0 ? failures(folder) : List.of();
    System.out.printf("cells      %,d%n", plan.cells().size());
    String most = plan.rows() > plan.fewestRows() ? " by now, at most %,d" : "";
    System.out.printf("rows       %,d wanted" + most + "%n", progress.wanted(), plan.rows());
    System.out.printf("measured   %,d%n", holdings.rows() - holdings.failed());
    System.out.printf("failed     %,d%n", holdings.failed());
    failures.forEach(failure -> System.out.printf("           %s%n", failure));
    System.out.printf("missing    %,d%n", progress.missing());
    List<ManifestEntry> commits = folder.manifest();
    System.out.printf("commits    %,d%n", commits.size());
    System.out.printf("state      %s%n", state(folder, progress.missing()));
    return holdings.failed() > 0 ? ExitCode.FOUND : ExitCode.DONE;
  }

  /** The word that {@code list} has for it, and why it is not complete. */
  private static String state(ResultsFolder folder, long missing) throws IOException {
    if (folder.cellsAreOutdated()) {
      return "older: an earlier version made its cells; run the sweep again";
    }
    if (FolderLock.isHeld(folder)) {
      return "running";
    }
    if (missing > 0) {
      return String.format("partial: %,d rows are missing; run the sweep again", missing);
    }
    return folder.dataFiles(Tables.CELLS).isEmpty() || folder.cellsAreBehind()
        ? "partial: its averages (cells) are not made yet; run the sweep again"
        : "complete";
  }

  private static boolean areDamaged(ResultsFolder folder, List<Damage> damages) {
    if (damages.isEmpty()) {
      return false;
    }
    damages.forEach(d -> System.out.printf("%s: %s%n", folder.path(d.file().path()), d.what()));
    long files = damages.stream().map(Damage::file).distinct().count();
    System.err.printf("phasemap: %,d files are damaged; %s%n", files, DamagedFile.REMEDY);
    return true;
  }

  /** By class of error, each with an example. */
  private static List<String> failures(ResultsFolder folder) {
    List<String> failures = new ArrayList<>();
    try (Query query = Query.open(folder)) {
      query.rows(FAILURES).forEach(row -> failures.add(row.text("failure")));
    }
    return failures;
  }
}
