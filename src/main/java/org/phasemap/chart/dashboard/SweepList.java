package org.phasemap.chart.dashboard;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;
import org.phasemap.store.table.NewerSchema;

/** The sweeps in a folder as they are now, without a server. */
public final class SweepList {
  private SweepList() {}

  /**
   * What each is, by name.
   *
   * @param root a results folder, or a folder of them
   * @throws UserException if it is no folder
   */
  public static List<Summary> of(String root, Configuration configuration, Targets targets) {
    Look look = new Look(configuration, targets);
    return ResultsRoot.folders(root, configuration).stream()
        .map(folder -> at(folder, configuration, look))
        .toList();
  }

  private static Summary at(String folder, Configuration configuration, Look look) {
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    try {
      return look.at(name, ResultsFolder.open(folder, configuration));
    } catch (NewerSchema e) {
      return Summary.newer(name, name, e);
    } catch (UserException e) {
      return Summary.damaged(name, name, Sentence.of(e));
    }
  }
}
