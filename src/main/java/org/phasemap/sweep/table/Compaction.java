package org.phasemap.sweep.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.phasemap.rows.AxisOrder;
import org.phasemap.rows.Merge;
import org.phasemap.rows.Provenance;
import org.phasemap.store.Commit;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.cluster.Jobs;
import org.phasemap.sweep.cluster.TaskFailure;

/**
 * Makes the many files of {@code replicates} few: a wave leaves one, a night hundreds. Sorted files
 * are merged where the tasks run, row by row; one commit puts the merged files in the place of
 * theirs.
 */
public final class Compaction {
  /** About the size of a merged file. Files of at least half of it are left alone. */
  static final long FILE_BYTES = 128L << 20;

  /**
   * Fewer small files stay: merging the four of a sweep of two minutes took one core 10 s of them.
   */
  static final int FEWEST_FILES = 8;

  /** Files that are open at once: each holds a page of every column. */
  private static final int MOST_FILES = 64;

  private final JavaSparkContext context;
  private final ResultsFolder folder;
  private final Destination destination;
  private final Commit commit;

  public Compaction(
      JavaSparkContext context, ResultsFolder folder, Destination destination, Commit commit) {
    this.context = context;
    this.folder = folder;
    this.destination = destination;
    this.commit = commit;
  }

  /**
   * Merges small files until there are none to merge.
   *
   * @throws IOException if a file cannot be read or written, in which case the table stays
   */
  public void run(Map<String, String> provenance) throws IOException {
    List<DataFile> files = folder.dataFiles(Tables.REPLICATES);
    for (List<List<DataFile>> merges = merges(files, FILE_BYTES);
        !merges.isEmpty();
        merges = merges(files, FILE_BYTES)) {
      List<DataFile> merged = merge(merges, provenance);
      files = replaced(files, merges, merged);
      commit.replace(Tables.REPLICATES, files, provenance);
    }
  }

  /** Small files, in the order of their commits, that are to become one; none alone. */
  static List<List<DataFile>> merges(List<DataFile> files, long bytes) {
    List<DataFile> small = files.stream().filter(file -> file.bytes() < bytes / 2).toList();
    if (small.size() < FEWEST_FILES) {
      return List.of();
    }
    List<List<DataFile>> merges = new ArrayList<>();
    List<DataFile> open = new ArrayList<>();
    long size = 0;
    for (DataFile file : small) {
      if (size + file.bytes() > bytes || open.size() == MOST_FILES) {
        merges.add(open);
        open = new ArrayList<>();
        size = 0;
      }
      open.add(file);
      size += file.bytes();
    }
    merges.add(open);
    merges.removeIf(merge -> merge.size() < 2);
    return merges;
  }

  /** One file for each merge, in order. */
  private List<DataFile> merge(List<List<DataFile>> merges, Map<String, String> provenance)
      throws IOException {
    Destination to = destination;
    String path = commit.newPath(Tables.REPLICATES);
    int small = merges.stream().mapToInt(List::size).sum();
    String work = String.format("%,d small files merged", small);
    return Jobs.named(
        context.sc(),
        folder.name(),
        work,
        () ->
            TaskFailure.collected(
                context
                    .parallelize(merges, merges.size())
                    .map(files -> merge(files, to, path, provenance))));
  }

  private static DataFile merge(
      List<DataFile> files, Destination to, String path, Map<String, String> provenance)
      throws IOException {
    List<Column> columns = Tables.replicates();
    List<Map<String, String>> footers = new ArrayList<>();
    try (Merge rows = new Merge(new AxisOrder(columns))) {
      for (DataFile file : files) {
        footers.add(to.metadata(file.path()));
        rows.add(to.open(Split.whole(file.path()), columns));
      }
      DataFile merged = to.write(path, columns, Provenance.joined(provenance, footers), rows);
      to.checkMerged(merged, files.stream().mapToLong(DataFile::rows).sum(), rows.sum());
      return merged;
    }
  }

  /** The table's files, each merged one in the place of the first that it was made of. */
  private static List<DataFile> replaced(
      List<DataFile> files, List<List<DataFile>> merges, List<DataFile> merged) {
    Map<DataFile, @Nullable DataFile> places = new HashMap<>();
    for (int i = 0; i < merges.size(); i++) {
      List<DataFile> gone = merges.get(i);
      gone.forEach(file -> places.put(file, null));
      places.put(gone.get(0), merged.get(i));
    }
    List<DataFile> after = new ArrayList<>();
    for (DataFile file : files) {
      DataFile now = places.containsKey(file) ? places.get(file) : file;
      if (now != null) {
        after.add(now);
      }
    }
    return after;
  }
}
