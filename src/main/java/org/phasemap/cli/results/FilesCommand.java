package org.phasemap.cli.results;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.UserException;
import org.phasemap.query.Format;
import org.phasemap.query.RowsPrinter;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What other programs read: a glob would also find what a killed run left behind. */
@Command(
    name = "files",
    description = {
      "Lists the committed Parquet files of a table, one a line, for other programs.",
      "A glob such as cells/*.parquet also finds leftovers of killed runs, and counts rows twice."
    },
    footer = "  phasemap files results/01-quickstart cells",
    mixinStandardHelpOptions = true)
public final class FilesCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Parameters(index = "1", paramLabel = "TABLE", description = "cells or replicates")
  private String table = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json: with rows, bytes and SHA-256 (default: the paths alone)")
  private @Nullable Format format;

  @Override
  public Integer call() {
    String name = TableName.of("TABLE", table);
    ResultsFolder folder = ResultsFolder.open(results, HadoopSettings.ofThisProcess());
    if (name.equals(Tables.CELLS)) {
      folder.requireCurrentCells();
    }
    CommittedFiles.check(folder);
    List<DataFile> files = folder.dataFiles(name);
    if (files.isEmpty()) {
      throw new UserException(
          String.format(
              "%s: has no %s yet; allowed: a sweep that has come to its end once",
              folder.path(""), name));
    }
    print(folder, files);
    return ExitCode.DONE;
  }

  private void print(ResultsFolder folder, List<DataFile> files) {
    if (format == null) {
      files.forEach(file -> System.out.println(folder.path(file.path())));
      return;
    }
    new RowsPrinter(
            List.of("path", "rows", "bytes", "sha256"),
            files.stream()
                .map(f -> List.<Object>of(folder.path(f.path()), f.rows(), f.bytes(), f.sha256()))
                .toList())
        .print(System.out, format);
  }
}
