package org.phasemap.chart.dashboard;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;

/**
 * What a folder's manifest and lock said when they were last looked at.
 *
 * @param folder that has this manifest
 * @param firstWritten when the first commit was written: another sweep may take the folder's place
 * @param state tells what is committed from all that was before; empty for not looked at yet
 * @param revision number of the last commit
 * @param rows that were committed
 * @param changed when the last of them were; empty before the first
 * @param running whether a process works on it
 * @param problem why the manifest cannot be read; null where it can
 */
record Glance(
    ResultsFolder folder,
    Optional<Instant> firstWritten,
    String state,
    int revision,
    long rows,
    Optional<String> changed,
    boolean running,
    @Nullable RuntimeException problem) {

  /** Before the first. */
  static Glance none(ResultsFolder folder) {
    return new Glance(folder, Optional.empty(), "", 0, 0, Optional.empty(), false, null);
  }

  boolean isNone() {
    return state.isEmpty() && problem == null;
  }

  /** The next; what cannot be read is a part of it. */
  Glance next(Supplier<ResultsFolder> opener) {
    try {
      Optional<Instant> written = folder.modified("manifest/000001.json");
      ResultsFolder now = written.equals(firstWritten) ? folder : opener.get();
      List<ManifestEntry> entries = now.manifest();
      int last = entries.size();
      Optional<String> changed =
          last == 0 ? Optional.empty() : Optional.of(entries.get(last - 1).createdAt());
      String committed = changed.map(when -> last + " " + when).orElse("0");
      long rows = entries.stream().mapToLong(ManifestEntry::rows).sum();
      return new Glance(now, written, committed, last, rows, changed, FolderLock.isHeld(now), null);
    } catch (RuntimeException e) {
      return with(e);
    } catch (IOException e) {
      return with(new UserException(folder.name() + ": its lock cannot be read", e));
    }
  }

  private Glance with(RuntimeException why) {
    return new Glance(folder, firstWritten, state, revision, rows, changed, running, why);
  }
}
