package org.phasemap.cli.results;

import java.util.List;
import org.phasemap.network.UserException;
import org.phasemap.store.Tables;

/** A table as command lines name it. */
final class TableName {
  private static final List<String> ALL = List.of(Tables.CELLS, Tables.REPLICATES);

  private TableName() {}

  /**
   * The table of a name.
   *
   * @param option that gives the name
   * @throws UserException if there is none
   */
  static String of(String option, String name) {
    if (!ALL.contains(name)) {
      throw new UserException(
          String.format(
              "%s: %s is not allowed; allowed: %s", option, name, String.join(", ", ALL)));
    }
    return name;
  }
}
