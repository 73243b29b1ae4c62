package org.phasemap.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.manifest.ManifestEntry;

/**
 * The committed files of a results folder where a library that knows local paths alone can read
 * them: the files themselves, or copies in a {@link FileCache}, which stay as long as this is open.
 */
public final class LocalCopies implements AutoCloseable {
  private final ResultsFolder folder;
  private final @Nullable FileCache cache;

  private LocalCopies(ResultsFolder folder, @Nullable FileCache cache) {
    this.folder = folder;
    this.cache = cache;
  }

  /** Copies nothing yet. */
  public static LocalCopies of(ResultsFolder folder) {
    return new LocalCopies(
        folder, folder.isLocal() ? null : FileCache.enter(folder.configuration()));
  }

  /**
   * Local paths of the files of tables, in the order that they have there.
   *
   * @param files of the folder, by table
   * @throws org.phasemap.network.UserException if one is missing or damaged, or if there is no
   *     space for it
   */
  public Map<String, List<String>> paths(Map<String, List<ManifestEntry.DataFile>> files) {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    files.forEach((table, of) -> paths.put(table, of.stream().map(this::path).toList()));
    return paths;
  }

  private String path(ManifestEntry.DataFile file) {
    return cache == null ? folder.path(file.path()) : cache.copy(folder, file).toString();
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.leave();
    }
  }
}
