package org.phasemap.cli.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.query.Format;
import org.phasemap.query.RowsPrinter;
import org.phasemap.rows.RowDifference;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.Replay;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A failed row that is replayed ends with exit code 1 in any case: it fails again, or it is not
 * what it was.
 */
@Command(
    name = "replay",
    description = {
      "Runs one cell of a sweep again, here, and compares it with its rows bit for bit.",
      "Ends with exit code 1 if they differ, or if a replicate failed."
    },
    footer = "  phasemap replay results/01-quickstart a545",
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("replicate", "column", "stored", "replayed", "units_in_the_last_place");

  private static final int SHOWN = 20;

  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Parameters(
      index = "1",
      paramLabel = "CELL_ID",
      description = "the cell's cell_id, or its first digits if no other begins with them")
  private String cell = "";

  @Option(
      names = "--replicate",
      paramLabel = "N",
      description = "number of one replicate (default: all that have rows)")
  private @Nullable Integer replicate;

  @Override
  public Integer call() throws IOException {
    Configuration configuration = HadoopSettings.ofThisProcess();
    Replay replay = new Replay(ResultsFolder.open(results, configuration), configuration);
    String id = replay.cell(cell);
    OptionalInt wanted = replicate == null ? OptionalInt.empty() : OptionalInt.of(replicate);
    List<Replay.Replicate> replicates = replay.run(id, wanted);
    printCircumstances(replicates);
    replicates.stream()
        .filter(r -> !r.before().equals(r.now()) || !r.now().equals("measured"))
        .forEach(
            r ->
                System.out.printf(
                    "replicate %d: %s; now %s%n", r.replicate(), r.before(), r.now()));
    printDifferences(replicates);
    return conclude(id, replicates);
  }

  private static void printCircumstances(List<Replay.Replicate> replicates) {
    List<String> others =
        replicates.stream()
            .flatMap(r -> r.circumstances().entrySet().stream())
            .map(other -> other.getKey() + ": " + other.getValue())
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      System.out.println(
          "measured under other circumstances; bits are promised for the same version, backend and"
              + " kind of processor alone:");
      others.forEach(other -> System.out.println("  " + other));
    }
  }

  private static void printDifferences(List<Replay.Replicate> replicates) {
    List<List<@Nullable Object>> lines = new ArrayList<>();
    for (Replay.Replicate r : replicates) {
      for (RowDifference d : r.differences()) {
        // Text, because the printer rounds numbers.
        lines.add(
            Arrays.asList(
                r.replicate(),
                d.column(),
                String.valueOf(d.stored()),
                String.valueOf(d.replayed()),
                d.unitsInTheLastPlace()));
      }
    }
    if (!lines.isEmpty()) {
      new RowsPrinter(COLUMNS, lines.subList(0, Math.min(SHOWN, lines.size())))
          .print(System.out, Format.TABLE);
    }
  }

  private static int conclude(String cell, List<Replay.Replicate> replicates) {
    long values = replicates.stream().mapToLong(Replay.Replicate::values).sum();
    long differences = replicates.stream().mapToLong(r -> r.differences().size()).sum();
    long measured = replicates.stream().filter(r -> r.values() > 0).count();
    long failed = replicates.size() - measured;
    boolean equal = replicates.stream().allMatch(Replay.Replicate::isEqual);
    System.out.printf(
        "cell %s: %s%s%n",
        cell,
        differences == 0
            ? String.format("%s, %,d values: equal bit for bit", rows(measured), values)
            : String.format("%s: %,d of %,d values differ", rows(measured), differences, values),
        failed == 0 ? "" : String.format("; %s failed then or now", rows(failed)));
    return equal ? ExitCode.DONE : ExitCode.FOUND;
  }

  private static String rows(long count) {
    return String.format(count == 1 ? "%,d row" : "%,d rows", count);
  }
}
