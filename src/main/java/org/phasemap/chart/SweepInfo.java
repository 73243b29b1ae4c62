package org.phasemap.chart;

import java.util.Map;
import org.phasemap.store.ResultsFolder;

/**
 * What a report says of a sweep beside its tables.
 *
 * @param name of the sweep
 * @param specYaml the resolved spec; empty if there is none
 * @param provenance what made the tables, in the order of printing
 */
public record SweepInfo(String name, String specYaml, Map<String, String> provenance) {

  /** What a results folder says of itself. */
  public static SweepInfo of(ResultsFolder folder) {
    return new SweepInfo(folder.name(), folder.specYaml().orElse(""), folder.provenance());
  }
}
