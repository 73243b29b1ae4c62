package org.phasemap.chart.dashboard;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.dashboard.Summary.Progress;
import org.phasemap.chart.dashboard.Summary.State;
import org.phasemap.chart.dashboard.Targets.Target;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.parquet.RowReader;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.NewerSchema;
import org.phasemap.store.table.Tables;

/** Looks at a results folder without opening its tables: manifest, lock, footers, spec. */
record Look(Configuration configuration, Targets targets) {
  /** What can be done about cells whose columns meant something else. */
  static final String OUTDATED =
      "An earlier version made its cells; run the sweep again: it makes them anew.";

  /** Commits over which a pace is taken. */
  private static final int PACE = 20;

  /** What can be said of a folder; what is wrong with it is a part of that. */
  Summary at(String id, ResultsFolder folder) {
    try {
      return whole(id, folder);
    } catch (NewerSchema e) {
      return Summary.newer(id, folder.name(), e);
    } catch (RuntimeException e) {
      return Summary.damaged(id, folder.name(), Sentence.of(e));
    } catch (IOException e) {
      String why = "It cannot be read (" + e.getClass().getSimpleName() + ").";
      return Summary.damaged(id, folder.name(), why);
    }
  }

  private Summary whole(String id, ResultsFolder folder) throws IOException {
    List<ManifestEntry> entries = folder.manifest();
    List<DataFile> cells = folder.dataFiles(Tables.CELLS);
    boolean running = FolderLock.isHeld(folder);
    String note = "";
    State state = running ? State.RUNNING : State.PARTIAL;
    @Nullable Target target = null;
    @Nullable Long failed = null;
    try {
      CommittedFiles.check(folder);
      failed = cells.isEmpty() ? null : failed(folder, cells);
      target = targets.of(folder);
      if (!running) {
        note = unfinished(target, !cells.isEmpty() && !folder.cellsAreBehind());
        state = note.isEmpty() ? State.COMPLETE : State.PARTIAL;
      } else if (cells.isEmpty() || folder.cellsAreBehind()) {
        note = "Theory and z come when the sweep is complete.";
      }
      if (folder.cellsAreOutdated()) {
        state = State.OLDER;
        note = OUTDATED;
      }
    } catch (RuntimeException e) {
      state = State.DAMAGED;
      note = Sentence.of(e);
    }
    return atManifest(id, folder)
        .looked(
            state,
            note,
            target == null ? null : target.cells(),
            failed,
            state == State.RUNNING && target != null ? progress(target, entries) : null);
  }

  /** What is missing, and what does it; empty if nothing is. */
  private static String unfinished(Target target, boolean hasCells) {
    if (target.missing() > 0) {
      return String.format(
          "%,d of %,d rows are missing: run the sweep again.", target.missing(), target.rows());
    }
    return hasCells ? "" : "Its averages (cells) are not made yet: run the sweep again.";
  }

  /** What can be said of a folder before it is looked at, in a moment. */
  static Summary beginning(String id, ResultsFolder folder) {
    try {
      return atManifest(id, folder);
    } catch (NewerSchema e) {
      return Summary.newer(id, folder.name(), e);
    } catch (RuntimeException e) {
      return Summary.damaged(id, folder.name(), Sentence.of(e));
    }
  }

  /** What its manifest says of it. */
  private static Summary atManifest(String id, ResultsFolder folder) {
    List<ManifestEntry> entries = folder.manifest();
    List<DataFile> replicates = folder.dataFiles(Tables.REPLICATES);
    List<DataFile> cells = folder.dataFiles(Tables.CELLS);
    ManifestEntry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
    return new Summary(
        id,
        folder.name(),
        State.LOOKING,
        Summary.LOOKING,
        sum(cells, true),
        null,
        null,
        sum(replicates, true),
        sum(replicates, false) + sum(cells, false),
        entries.isEmpty() ? null : entries.get(0).createdAt(),
        last == null ? null : last.createdAt(),
        last == null ? null : last.provenance().get("phasemap"),
        last == null ? 0 : last.schemaVersion(),
        entries.size(),
        null);
  }

  private static long sum(List<DataFile> files, boolean rows) {
    return files.stream().mapToLong(file -> rows ? file.rows() : file.bytes()).sum();
  }

  private long failed(ResultsFolder folder, List<DataFile> cells) throws IOException {
    Column failed =
        Tables.cells().stream().filter(c -> c.name().equals("failed")).findFirst().orElseThrow();
    long count = 0;
    for (DataFile file : cells) {
      try (RowReader rows =
          RowFile.open(configuration, folder.uri(), Split.whole(file.path()), List.of(failed))) {
        while (rows.hasNext()) {
          count += rows.next()[0] instanceof Number number && number.longValue() > 0 ? 1 : 0;
        }
      }
    }
    return count;
  }

  private static Progress progress(Target target, List<ManifestEntry> entries) {
    long done = target.rows() - target.missing();
    List<ManifestEntry> waves =
        entries.stream()
            .filter(entry -> entry.table().equals(Tables.REPLICATES) && !entry.replaces())
            .toList();
    List<ManifestEntry> recent = waves.subList(Math.max(0, waves.size() - PACE), waves.size());
    return new Progress(done, target.rows(), secondsLeft(recent, target.missing()).orElse(null));
  }

  /** At the pace from the first of some commits to the last. */
  private static Optional<Long> secondsLeft(List<ManifestEntry> waves, long missing) {
    if (waves.size() < 2) {
      return Optional.empty();
    }
    try {
      Duration time =
          Duration.between(
              Instant.parse(waves.get(0).createdAt()),
              Instant.parse(waves.get(waves.size() - 1).createdAt()));
      long rows = waves.stream().skip(1).mapToLong(ManifestEntry::rows).sum();
      return time.isZero() || time.isNegative() || rows == 0
          ? Optional.empty()
          : Optional.of(Math.round((double) missing * time.toSeconds() / rows));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
