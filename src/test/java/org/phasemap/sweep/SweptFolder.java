package org.phasemap.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.Plan;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.rows.Provenance;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.spec.file.SpecWriter;
import org.phasemap.store.Commit;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Tables;

/** Sweeps without Spark: all rows are measured here, one after the other, and committed at once. */
public final class SweptFolder {
  /** Reading Hadoop's defaults takes longer than writing a small folder. */
  private static final Configuration CONFIGURATION = new Configuration();

  private SweptFolder() {}

  /**
   * Measures a spec into a folder; no {@code cells} are made.
   *
   * @param yaml the spec
   * @param path of the folder, which must not be there
   */
  public static void write(String yaml, String path) {
    commit(yaml, rows(yaml), path);
  }

  /** Measures a spec. */
  public static List<@Nullable Object[]> rows(String yaml) {
    Plan plan = Plan.of(SpecReader.parse(yaml, "spec.yaml"));
    return UnitRunner.run(Schedule.most(plan), 60).rows();
  }

  /** Writes some rows as those of a sweep. */
  public static void commit(String yaml, List<@Nullable Object[]> rows, String path) {
    Spec spec = SpecReader.parse(yaml, "spec.yaml");
    Plan plan = Plan.of(spec);
    ResultsFolder folder = ResultsFolder.at(path, CONFIGURATION);
    Map<String, String> provenance = Provenance.of(spec, plan.backend());
    List<@Nullable Object[]> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(row -> String.valueOf(row[0])));
    try (FolderLock lock = FolderLock.take(folder)) {
      folder.writeSpec(SpecWriter.toYaml(spec));
      Commit commit = new Commit(folder, lock);
      DataFile file =
          RowFile.write(
              CONFIGURATION,
              folder.uri(),
              commit.newPath(Tables.REPLICATES) + ".parquet",
              Tables.replicates(),
              new LinkedHashMap<>(provenance),
              sorted.iterator());
      commit.add(Tables.REPLICATES, List.of(file), provenance);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** Puts a row of {@code replicates} under the id of another cell; nothing else changes. */
  public static void exchangeIds(ResultsFolder folder) throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (DataFile file : folder.dataFiles(Tables.REPLICATES)) {
      rows.addAll(RowFile.read(CONFIGURATION, folder.uri(), file.path(), Tables.replicates()));
    }
    rows.get(0)[0] = rows.get(rows.size() - 1)[0];
    Map<String, String> provenance = folder.provenance();
    try (FolderLock lock = FolderLock.take(folder)) {
      Commit commit = new Commit(folder, lock);
      String path = commit.newPath(Tables.REPLICATES) + ".parquet";
      DataFile file =
          RowFile.write(
              CONFIGURATION, folder.uri(), path, Tables.replicates(), provenance, rows.iterator());
      commit.replace(Tables.REPLICATES, List.of(file), provenance);
      commit.end();
    }
  }
}
