package org.phasemap.cli.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.phasemap.store.HostileFolder;

/** Results folders whose manifests have been through something. */
final class ManifestCases {
  private static final String FIRST = "manifest/000001.json";
  private static final String SECOND = "manifest/000002.json";
  private static final String THIRD = "manifest/000003.json";

  private ManifestCases() {}

  private interface Change {
    void to(Path folder) throws IOException;
  }

  /** Writes them into a folder. */
  static List<String> in(Path parent) throws IOException {
    List<Change> changes =
        List.of(
            f -> Files.writeString(f.resolve(THIRD), "{\"schema_version\" : 6, \"seq"),
            f -> Files.writeString(f.resolve(THIRD), ""),
            f -> Files.writeString(f.resolve(THIRD), "[]"),
            f -> Files.delete(f.resolve(FIRST)),
            f -> Files.move(f.resolve(SECOND), f.resolve("manifest/000007.json")),
            f -> Files.writeString(f.resolve("manifest/000009.json"), "{}"),
            f -> edit(f, FIRST, THIRD, "\"sequence\" : 1", "\"sequence\" : 3"),
            ManifestCases::madeAnew,
            ManifestCases::compacted,
            f -> edit(f, SECOND, THIRD, "\"sequence\" : 2", "\"sequence\" : 3"),
            f -> edit(f, SECOND, SECOND, "\"schema_version\" : 6", "\"schema_version\" : 7"),
            f -> edit(f, SECOND, SECOND, "cells/50d", "cells/../50d"),
            f -> edit(f, SECOND, SECOND, "cells/50d", "replicates/50d"),
            f -> edit(f, SECOND, SECOND, "\"rows\" : 20", "\"rows\" : 21"),
            f -> Files.copy(f.resolve(file(f)), f.resolve("cells/leftover-001-0-1.parquet")));
    List<String> folders = new ArrayList<>();
    for (Change change : changes) {
      Path folder = parent.resolve("manifest-" + folders.size());
      copy(HostileFolder.KEPT, folder);
      change.to(folder);
      folders.add(folder.toString());
    }
    return folders;
  }

  /** A table that is the same file alone. */
  private static void madeAnew(Path folder) throws IOException {
    edit(folder, FIRST, THIRD, "\"sequence\" : 1", "\"sequence\" : 3");
    edit(folder, THIRD, THIRD, "\"replaces\" : false", "\"replaces\" : true");
  }

  /** A table that was made anew from its files: the former ones are gone. */
  private static void compacted(Path folder) throws IOException {
    Path former = folder.resolve("replicates/50df670f-001-0-6.parquet");
    Files.move(former, former.resolveSibling("merged-003-0-6.parquet"));
    String entry =
        Files.readString(folder.resolve(FIRST))
            .replace("\"sequence\" : 1", "\"sequence\" : 3")
            .replace("\"replaces\" : false", "\"replaces\" : true")
            .replace("50df670f-001-0-6", "merged-003-0-6");
    Files.writeString(folder.resolve(THIRD), entry);
  }

  static void edit(Path folder, String from, String to, String old, String with)
      throws IOException {
    String text = Files.readString(folder.resolve(from));
    if (!text.contains(old)) {
      throw new IllegalArgumentException(from + " has no " + old);
    }
    Files.writeString(folder.resolve(to), text.replace(old, with));
  }

  private static Path file(Path folder) throws IOException {
    try (Stream<Path> cells = Files.list(folder.resolve("cells"))) {
      return folder.relativize(cells.findFirst().orElseThrow());
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
