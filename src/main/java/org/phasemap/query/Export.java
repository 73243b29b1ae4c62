package org.phasemap.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.LocalCopies;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.Natives;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Described;
import org.phasemap.store.table.Tables;

/**
 * A table of a sweep as one file: the columns that have a value, the rows in the order of the grid.
 * DuckDB writes it into a folder of its own beside the file, and may write nowhere else; it then
 * takes its place as a whole, or not at all.
 */
public final class Export {
  private final ResultsFolder folder;
  private final String table;
  private final Optional<String> task;
  private final Limits limits;

  /**
   * Of a table of a results folder.
   *
   * @param task of the rows; empty for all
   */
  public Export(ResultsFolder folder, String table, Optional<String> task, Limits limits) {
    this.folder = folder;
    this.table = table;
    this.task = task;
    this.limits = limits;
  }

  /**
   * What a file came to hold.
   *
   * @param leftOut columns with values that the format has no place for
   * @param note what the user should know of its form; empty for nothing
   */
  public record Written(long rows, int columns, List<String> leftOut, Optional<String> note) {}

  /**
   * Creates a file.
   *
   * @throws UserException if it exists, has another ending than a {@link ExportFormat}, or cannot
   *     be written, or if the table has no rows
   */
  public Written to(Path out) {
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(
          out + ": exists, and stays as it is; allowed: a new name, or --force to replace it");
    }
    return write(out, Set.of());
  }

  /** As {@link #to}, in the place of a former file if there is one. */
  public Written over(Path out) {
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(out, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(out + ": is no plain file; allowed: a file, which is replaced");
    }
    return write(out, Set.of(StandardCopyOption.REPLACE_EXISTING));
  }

  private Written write(Path out, Set<StandardCopyOption> options) {
    ExportFormat format = ExportFormat.of(out);
    Path place = place(out);
    if (table.equals(Tables.CELLS)) {
      folder.requireCurrentCells();
    }
    Path building = place.resolve("." + out.getFileName() + "." + UUID.randomUUID());
    Thread interrupted = new Thread(() -> delete(building), "export-end");
    try {
      Files.createDirectory(building);
      Runtime.getRuntime().addShutdownHook(interrupted);
      try {
        Path file = building.resolve("file" + format.ending());
        Written written = build(file, format);
        Files.move(
            file, place.resolve(out.getFileName()), options.toArray(StandardCopyOption[]::new));
        return written;
      } finally {
        delete(building);
        Runtime.getRuntime().removeShutdownHook(interrupted);
      }
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "%s: cannot be written (%s: %s); allowed: a new file in a folder with space that you"
                  + " may write to",
              out, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  /** The folder that the file is to stand in: not among the files of the tables. */
  private Path place(Path out) {
    Path parent = out.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new UserException(
          out + ": there is no such folder; allowed: a file in one that exists");
    }
    try {
      Path place = parent.toRealPath();
      if (folder.isLocal() && Files.exists(Path.of(folder.path(table)))) {
        for (String own : List.of(Tables.REPLICATES, Tables.CELLS)) {
          Path files = Path.of(folder.path(own));
          if (Files.exists(files) && place.startsWith(files.toRealPath())) {
            throw new UserException(
                out + ": is among the sweep's own files; allowed: a file in another folder");
          }
        }
      }
      return place;
    } catch (IOException e) {
      throw new UncheckedIOException(out.toString(), e);
    }
  }

  private Written build(Path file, ExportFormat format) {
    Map<String, List<DataFile>> files = Query.files(folder);
    while (true) {
      try (LocalCopies copies = LocalCopies.of(folder)) {
        CommittedFiles.check(folder);
        List<String> paths = copies.paths(files).getOrDefault(table, List.of());
        if (paths.isEmpty()) {
          throw new UserException(
              String.format(
                  "%s: has no %s yet; allowed: a sweep that has come to its end once",
                  folder.path(""), table));
        }
        return build(file, format, paths);
      } catch (UserException e) { // A sweep that merges files deletes the former ones.
        Map<String, List<DataFile>> now = Query.files(folder);
        if (now.equals(files)) {
          throw e;
        }
        files = now;
      }
    }
  }

  private Written build(Path file, ExportFormat format, List<String> paths) {
    try (var connection = DuckDb.open();
        Statement statement = connection.createStatement()) {
      Path own = Objects.requireNonNull(file.getParent());
      statement.execute("set memory_limit = '" + limits.megabytes() + "MB'");
      statement.execute("set temp_directory = " + TableLoader.text(own + "/temporary"));
      statement.execute("set allowed_paths = " + TableLoader.list(paths));
      statement.execute("set allowed_directories = " + TableLoader.list(List.of(own + "/")));
      statement.execute("set enable_external_access = false");
      statement.execute("set lock_configuration = true");
      Set<String> filled = filled(statement, paths);
      Map<Boolean, List<Column>> columns =
          Tables.columns(table).stream()
              .filter(column -> filled.contains(column.name()))
              .collect(Collectors.partitioningBy(format::holds));
      List<Column> kept = columns.getOrDefault(true, List.of());
      Files.deleteIfExists(file);
      Optional<String> note = format.write(statement, file, select(kept), exported(kept));
      List<String> leftOut =
          columns.getOrDefault(false, List.of()).stream().map(Column::name).toList();
      return new Written(count(statement), kept.size(), leftOut, note);
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    } catch (SQLException e) {
      throw new UserException("Cannot export: " + Query.oneLine(e), e);
    }
  }

  /** Shows the rows as {@link #rows}, and says which columns have a value in some of them. */
  private Set<String> filled(Statement statement, List<String> paths) throws SQLException {
    Set<String> filled = TableLoader.showFiles(statement, table, table, paths);
    if (task.isEmpty()) {
      return filled;
    }
    statement.execute(
        "create view %s as select * from %s where task = %s"
            .formatted(rows(), table, TableLoader.text(task.get())));
    if (count(statement) == 0) {
      throw new UserException(
          String.format(
              "--task: %s is not allowed; allowed: %s",
              task.get(), String.join(", ", tasks(statement))));
    }
    String counts =
        filled.stream()
            .map(name -> "count(" + TableLoader.quoted(name) + ")")
            .collect(Collectors.joining(", "));
    Set<String> some = new LinkedHashSet<>();
    try (ResultSet row = statement.executeQuery("select " + counts + " from " + rows())) {
      row.next();
      int i = 1;
      for (String name : filled) {
        if (row.getLong(i++) > 0) {
          some.add(name);
        }
      }
    }
    return some;
  }

  private List<String> tasks(Statement statement) throws SQLException {
    List<String> tasks = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("select distinct task from " + table + " order by task")) {
      while (rows.next()) {
        tasks.add(rows.getString(1));
      }
    }
    return tasks;
  }

  /** The rows that the file is to hold. */
  private String rows() {
    return task.isEmpty() ? table : "rows_of_task";
  }

  private String select(List<Column> columns) {
    Set<String> order = new LinkedHashSet<>();
    Axis.in(Axis.Order.GRID).forEach(axis -> order.add(axis.column()));
    order.add("cell_id");
    if (table.equals(Tables.REPLICATES)) {
      order.add("replicate");
    }
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.add(column.name()));
    return "select %s from %s order by %s"
        .formatted(TableLoader.names(names), rows(), TableLoader.names(order));
  }

  private Exported exported(List<Column> columns) {
    return new Exported(
        folder.name(), table, folder.provenance(), columns.stream().map(Described::of).toList());
  }

  private long count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from " + rows())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void delete(Path building) {
    if (!Files.exists(building)) {
      return;
    }
    try (Stream<Path> files = Files.walk(building)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(building.toString(), e);
    }
  }
}
