package org.phasemap.cli.results;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.chart.dashboard.Targets;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.rows.Holdings;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;

/** What the spec of a results folder wants, as {@code status} says it. */
public final class PlannedTargets implements Targets {
  private final Configuration configuration;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** On the file systems of a configuration. */
  public PlannedTargets(Configuration configuration) {
    this.configuration = configuration;
  }

  /** That of a folder when its spec was this and it had so many commits. */
  private record Known(String spec, int commits, Target target) {}

  @Override
  public Target of(ResultsFolder folder) throws IOException {
    String spec =
        folder.specYaml().orElseThrow(() -> new UserException(folder.path("") + ": has no spec"));
    int commits = folder.manifest().size();
    Known before = known.get(folder.uri());
    if (before != null && before.spec.equals(spec) && before.commits == commits) {
      return before.target;
    }
    Plan plan = Plan.of(SpecReader.resolved(spec, folder.path("spec.yaml"), FileAccess.PLAIN));
    Holdings holdings = Holdings.read(plan, folder, configuration);
    holdings.requireNoneTwice(folder);
    Target target =
        new Target(
            plan.cells().size(), holdings.progress().wanted(), holdings.progress().missing());
    known.put(folder.uri(), new Known(spec, commits, target));
    return target;
  }
}
