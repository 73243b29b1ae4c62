package org.phasemap.cli.results;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.MemoryOption;
import org.phasemap.network.UserException;
import org.phasemap.query.Export;
import org.phasemap.query.Limits;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Writes a table of a sweep into one file: a row for each cell, in the order of the grid, and"
          + " the columns that have a value.",
      "All but CSV also hold labels, units and meanings. A netCDF file has an array for each"
          + " column, over the axes of the sweep (docs/reading-results.md)."
    },
    footer = {
      "  phasemap export results/01-quickstart cells.csv",
      "  phasemap export results/01-quickstart all.parquet --table replicates"
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "the file; its name ends with .parquet, .csv, .duckdb or .nc (netCDF)")
  private String out = "";

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "cells or replicates (default: cells)")
  private String table = Tables.CELLS;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "propagation or training: only the networks measured at initialisation, or those that"
              + " were trained (default: both)")
  private @Nullable String task;

  @Option(names = "--force", description = "replaces OUT if it exists")
  private boolean force;

  @Mixin private MemoryOption memory = new MemoryOption();

  @Override
  public Integer call() {
    String name = TableName.of("--table", table);
    Path file = file();
    Limits limits = new Limits(Duration.ZERO, memory.megabytes());
    ResultsFolder folder = ResultsFolder.open(results, HadoopSettings.ofThisProcess());
    Export export = new Export(folder, name, Optional.ofNullable(task), limits);
    Export.Written written = force ? export.over(file) : export.to(file);
    if (!written.leftOut().isEmpty()) {
      System.err.printf(
          "phasemap: %s: %,d columns hold lists, for which the format has no place: %s%n",
          file, written.leftOut().size(), String.join(", ", written.leftOut()));
    }
    written.note().ifPresent(note -> System.err.printf("phasemap: %s: %s%n", file, note));
    System.out.printf("%s: %,d rows, %,d columns%n", file, written.rows(), written.columns());
    return ExitCode.DONE;
  }

  private Path file() {
    if (out.contains("://")) { // A path would lose one of its slashes, and its meaning.
      throw new UserException("OUT: " + out + " is not allowed; allowed: a file of this machine");
    }
    try {
      return Path.of(out);
    } catch (InvalidPathException e) {
      throw new UserException("OUT: " + e.getMessage() + "; allowed: a file's name", e);
    }
  }
}
