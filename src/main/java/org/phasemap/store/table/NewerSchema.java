package org.phasemap.store.table;

import org.phasemap.network.UserException;

/** Results of a version that is newer than this one: nothing is wrong with them. */
public final class NewerSchema extends UserException {
  private static final long serialVersionUID = 1L;

  private final int version;

  /**
   * Of a manifest entry.
   *
   * @param file that says so
   * @param version of its columns
   */
  public NewerSchema(String file, int version) {
    super(
        String.format(
            "%s: schema_version %d is not allowed: a newer version of PhaseMap made these"
                + " results; allowed: 1 to %d, or that version",
            file, version, Tables.SCHEMA_VERSION));
    this.version = version;
  }

  /** In a sentence without the file. */
  public String sentence() {
    return String.format(
        "A newer version of PhaseMap made it (schema %d; this one reads 1 to %d).",
        version, Tables.SCHEMA_VERSION);
  }
}
