package org.phasemap.sweep.table;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * Where tasks leave their rows until a wave takes them, and where the next driver finds those of a
 * killed one. A staged file never changes once it is whole, and only whole ones can be read.
 *
 * @param path of the files of this run, each with an ending of its own
 * @param provenance of the rows, in the files' footers; what of it is the session's is left out
 */
public record Staging(Destination destination, String path, Map<String, String> provenance)
    implements Serializable {
  private static final List<Column> COLUMNS = Tables.replicates();
  private static final int CELL = COLUMNS.indexOf(Tables.replicatesColumn("cell_id"));
  private static final int REPLICATE = COLUMNS.indexOf(Tables.replicatesColumn("replicate"));
  private static final int STATUS = COLUMNS.indexOf(Tables.replicatesColumn("status"));

  /** Tasks a core: what they read differs in length. */
  private static final int TASKS_PER_CORE = 4;

  /** A whole file, and the replicates that it has of each cell. */
  private record Found(Part part, Map<String, BitSet> replicates) implements Serializable {
    /** Whether all of them are missing; if so, they are not any more. */
    boolean fills(Map<String, BitSet> missing) {
      Map<String, BitSet> rest = new HashMap<>();
      for (Map.Entry<String, BitSet> cell : replicates.entrySet()) {
        BitSet others = (BitSet) missing.getOrDefault(cell.getKey(), new BitSet()).clone();
        int before = others.cardinality();
        others.andNot(cell.getValue());
        if (before - others.cardinality() < cell.getValue().cardinality()) {
          return false;
        }
        rest.put(cell.getKey(), others);
      }
      missing.putAll(rest);
      return true;
    }
  }

  /**
   * Writes the rows of a task, in the task. Columns without a value in any of them are left out:
   * most are, and each costs a page of its own here and where the file is merged.
   */
  public Part write(List<@Nullable Object[]> rows, List<String> failedCells) throws IOException {
    int[] filled =
        IntStream.range(0, COLUMNS.size())
            .filter(column -> rows.stream().anyMatch(row -> row[column] != null))
            .toArray();
    List<Column> columns = Arrays.stream(filled).mapToObj(COLUMNS::get).toList();
    Iterator<@Nullable Object[]> values =
        rows.stream()
            .map(
                row -> {
                  @Nullable Object[] some = new Object[filled.length];
                  for (int i = 0; i < some.length; i++) {
                    some[i] = row[filled[i]];
                  }
                  return some;
                })
            .iterator();
    String file = destination.stage(path, columns, provenance, values);
    return new Part(TaskContext.getPartitionId(), file, rows.size(), failedCells);
  }

  /**
   * What killed drivers' tasks had finished and is still missing. A file is taken or left as a
   * whole, so that of two attempts at a task one is taken; one with failed rows is left, since
   * tasks may fail of the end of their driver.
   *
   * @param files in the staging folder, whole or not
   * @param missing replicates of each cell; those that are found are taken out
   */
  public List<Part> takeOver(
      JavaSparkContext context, List<String> files, Map<String, BitSet> missing) {
    Staging here = this; // A lambda would take all of it anyway.
    int tasks = Math.min(files.size(), TASKS_PER_CORE * context.defaultParallelism());
    List<Part> parts = new ArrayList<>();
    for (Found file :
        context
            .parallelize(files, tasks)
            .flatMap(name -> here.find(name).stream().iterator())
            .collect()) {
      if (file.fills(missing)) {
        parts.add(file.part());
      }
    }
    return parts;
  }

  /** Reads all of a file, and so verifies its checksums. */
  private Optional<Found> find(String file) throws IOException {
    Map<String, BitSet> replicates = new HashMap<>();
    List<@Nullable Object[]> rows;
    try {
      if (!destination.metadata(file).entrySet().containsAll(provenance.entrySet())) {
        return Optional.empty();
      }
      rows = destination.read(file, COLUMNS);
    } catch (UserException e) { // Cut off while it was written: that is to be measured again.
      return Optional.empty();
    }
    for (@Nullable Object[] row : rows) {
      if (!"measured".equals(row[STATUS])) {
        return Optional.empty();
      }
      replicates
          .computeIfAbsent(Objects.requireNonNull((String) row[CELL]), cell -> new BitSet())
          .set(Objects.requireNonNull((Integer) row[REPLICATE]));
    }
    return Optional.of(new Found(new Part(Part.NO_TASK, file, rows.size(), List.of()), replicates));
  }
}
