package org.phasemap.cli.results;

import java.util.List;
import org.phasemap.spec.yaml.Wording;
import org.phasemap.store.table.Tables;

/** A table as command lines name it. */
final class TableName {
  private static final List<String> ALL = List.of(Tables.CELLS, Tables.REPLICATES);

  private TableName() {}

  /**
   * The table of a name.
   *
   * @param option that gives the name
   * @throws org.phasemap.network.UserException if there is none
   */
  static String of(String option, String name) {
    if (!ALL.contains(name)) {
      throw Wording.refused(option, name, ALL);
    }
    return name;
  }
}
