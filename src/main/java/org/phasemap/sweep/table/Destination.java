package org.phasemap.sweep.table;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.phasemap.rows.AxisOrder;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.parquet.RowReader;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.sweep.cluster.TaskFailure;

/**
 * A results folder, as tasks know it, and the file systems of the driver: what they write has names
 * of their own.
 */
public final class Destination implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final Broadcast<SerializableConfiguration> configuration;

  public Destination(SparkSession spark, ResultsFolder folder) {
    root = folder.uri();
    configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
  }

  /** Writes a file in a task; no other attempt at this task writes to the same path. */
  DataFile write(
      String path,
      List<Column> columns,
      Map<String, String> metadata,
      Iterator<@Nullable Object[]> rows)
      throws IOException {
    return RowFile.write(hadoop(), root, name(path), columns, metadata, rows);
  }

  /** As {@link #write}, of a file that is read once and deleted; gives its path. */
  String stage(
      String path,
      List<Column> columns,
      Map<String, String> metadata,
      Iterator<@Nullable Object[]> rows)
      throws IOException {
    String name = name(path);
    RowFile.stage(hadoop(), root, name, columns, metadata, rows);
    return name;
  }

  private static String name(String path) {
    TaskContext task = TaskContext.get();
    return path + "-" + task.partitionId() + "-" + task.taskAttemptId() + ".parquet";
  }

  /** What stands in a file's footer besides its columns. */
  Map<String, String> metadata(String path) throws IOException {
    return RowFile.metadata(hadoop(), root, path);
  }

  List<@Nullable Object[]> read(String path, List<Column> columns) throws IOException {
    return RowFile.read(hadoop(), root, path, columns);
  }

  /**
   * Holds a merged file to the files that it was made of.
   *
   * @param rows of them
   * @param sum of their rows, {@link RowReader#sum}
   * @throws IllegalStateException if it has other rows: a mistake of this program
   */
  void checkMerged(DataFile merged, long rows, long sum) throws IOException {
    if (merged.rows() != rows) {
      throw new IllegalStateException(
          String.format(
              "%s has %,d rows, the files it was made of %,d", merged.path(), merged.rows(), rows));
    }
    if (RowFile.sum(hadoop(), root, merged.path()).orElseThrow() != sum) {
      throw new IllegalStateException(
          merged.path() + " has other rows than the files it was made of");
    }
  }

  /** The rows of a part of a file, in a task, with which it is closed. */
  RowReader open(Split split, List<Column> columns) throws IOException {
    RowReader rows = RowFile.open(hadoop(), root, split, columns);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(rows));
    return rows;
  }

  private static void close(RowReader rows) {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes rows as files of a table, sorted by the axes. */
  List<DataFile> writeSorted(
      JavaRDD<@Nullable Object[]> rows,
      int files,
      String path,
      List<Column> columns,
      Map<String, String> metadata)
      throws IOException {
    return TaskFailure.collected(
        rows.mapToPair(row -> new scala.Tuple2<>(row, 0))
            .sortByKey(new AxisOrder(columns), true, files)
            .keys()
            .mapPartitions(
                partition ->
                    partition.hasNext()
                        ? List.of(write(path, columns, metadata, partition)).iterator()
                        : List.<DataFile>of().iterator()));
  }

  private Configuration hadoop() {
    return configuration.value().value();
  }
}
