package org.phasemap.sweep.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.phasemap.rows.AxisOrder;
import org.phasemap.store.Commit;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowReader;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.cluster.Jobs;
import org.phasemap.sweep.cluster.TaskFailure;

/**
 * Makes the staged parts of a wave one sorted file, or a few, of {@code replicates}.
 *
 * <p>At the last wave idle cores share the merge. The driver looks at its lock after the merge and
 * before the entry, since a merge may take long.
 */
public final class WaveCommit {
  private static final String POOL = "spark.scheduler.pool";

  private final JavaSparkContext context;
  private final String sweep;
  private final Destination destination;
  private final Commit commit;
  private final Map<String, String> provenance;

  public WaveCommit(
      JavaSparkContext context,
      String sweep,
      Destination destination,
      Commit commit,
      Map<String, String> provenance) {
    this.context = context;
    this.sweep = sweep;
    this.destination = destination;
    this.commit = commit;
    this.provenance = provenance;
  }

  /**
   * Commits all of the parts or, where it throws, none.
   *
   * @param name of the wave, such as {@code wave 3}
   * @param idle cores that have nothing else to do
   * @throws IOException if a file cannot be read or written, or the lock is lost
   */
  public ManifestEntry of(String name, List<Part> parts, int idle) throws IOException {
    Destination to = destination;
    Map<String, String> metadata = provenance;
    String path = commit.newPath(Tables.REPLICATES);
    List<List<Part>> files = Part.files(parts, idle);
    // These tasks get the next core that is free, though all units were there before them. The
    // thread of the units must have started without this pool: it would inherit it.
    context.setLocalProperty(POOL, "commit");
    String work = String.format("%s, %,d parts merged", name, parts.size());
    try {
      List<DataFile> written =
          Jobs.named(
              context.sc(),
              sweep,
              work,
              () ->
                  TaskFailure.collected(
                      context
                          .parallelize(files, files.size())
                          .map(file -> merge(file, to, path, metadata))));
      ManifestEntry entry = commit.add(Tables.REPLICATES, written, provenance);
      commit.discard(parts.stream().map(Part::path).toList());
      return entry;
    } finally {
      context.setLocalProperty(POOL, null);
    }
  }

  private static DataFile merge(
      List<Part> parts, Destination to, String path, Map<String, String> provenance)
      throws IOException {
    List<Column> columns = Tables.replicates();
    List<@Nullable Object[]> rows = new ArrayList<>();
    long expected = 0;
    long sum = 0;
    for (Part part : parts) {
      RowReader read = to.open(Split.whole(part.path()), columns);
      read.forEachRemaining(rows::add);
      expected += part.rows();
      sum += read.sum();
    }
    rows.sort(new AxisOrder(columns));
    DataFile merged = to.write(path, columns, provenance, rows.iterator());
    to.checkMerged(merged, expected, sum);
    return merged;
  }
}
