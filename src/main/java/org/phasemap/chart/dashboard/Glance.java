package org.phasemap.chart.dashboard;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;

/**
 * What a folder's manifest and lock said when they were last looked at.
 *
 * @param folder that has this manifest
 * @param firstWritten when the first commit was written: another sweep may take the folder's place
 * @param state tells what is committed from all that was before; empty for not looked at yet
 * @param revision number of the last commit
 * @param running whether a process works on it
 * @param problem why the manifest cannot be read; null where it can
 */
record Glance(
    ResultsFolder folder,
    Optional<Instant> firstWritten,
    String state,
    int revision,
    boolean running,
    @Nullable RuntimeException problem) {

  /** Before the first. */
  static Glance none(ResultsFolder folder) {
    return new Glance(folder, Optional.empty(), "", 0, false, null);
  }

  boolean isNone() {
    return state.isEmpty() && problem == null;
  }

  /** Rows that are committed. */
  long rows() {
    return problem == null ? folder.manifest().stream().mapToLong(ManifestEntry::rows).sum() : 0;
  }

  /** When the last of them were committed. */
  Optional<String> changed() {
    List<ManifestEntry> entries = folder.manifest();
    return rows() == 0
        ? Optional.empty()
        : Optional.of(entries.get(entries.size() - 1).createdAt());
  }

  /** The next; what cannot be read is a part of it. */
  Glance next(Supplier<ResultsFolder> opener) {
    try {
      Optional<Instant> written = folder.modified("manifest/000001.json");
      ResultsFolder now = written.equals(firstWritten) ? folder : opener.get();
      List<ManifestEntry> entries = now.manifest();
      int last = entries.size();
      String committed = last == 0 ? "0" : last + " " + entries.get(last - 1).createdAt();
      return new Glance(now, written, committed, last, FolderLock.isHeld(now), null);
    } catch (RuntimeException e) {
      return with(e);
    } catch (IOException e) {
      return with(new UserException(folder.name() + ": its lock cannot be read", e));
    }
  }

  private Glance with(RuntimeException why) {
    return new Glance(folder, firstWritten, state, revision, running, why);
  }
}
