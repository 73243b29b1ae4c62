package org.phasemap.store;

import org.phasemap.network.UserException;

/** What is said of a committed file whose rows cannot be read. */
final class DamagedFile {
  private DamagedFile() {}

  /** What it means that Parquet does not understand a file; it throws many kinds. */
  static UserException of(String file, Exception e) {
    if (e instanceof UserException known) {
      return known;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RowReadSupport.BadRow) {
        return unreadable(file, "is damaged (" + cause.getMessage() + ")", e);
      }
    }
    return unreadable(file, "is damaged", e);
  }

  static UserException unreadable(String file, String how, Exception e) {
    return new UserException(
        String.format("%s: %s; %s", file.replaceFirst("^file:(?=/)", ""), how, Damage.REMEDY), e);
  }
}
