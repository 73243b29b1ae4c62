package org.phasemap.cli.claims;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.Sweep;
import org.phasemap.sweep.SweepOption;
import org.phasemap.sweep.cluster.HadoopSettings;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepOutcome;

/** The sweeps that figures ask, each run once, when it is first asked. */
final class ClaimSweeps implements AutoCloseable {
  private static final SweepListener SILENT = new SweepListener() {};

  private final Path specs;
  private final String results;
  private final Supplier<SparkSession> session;
  private final Map<String, Query> answered = new HashMap<>();

  /**
   * Sweeps, none of them run yet.
   *
   * @param specs folder of specs, {@code NAME.yaml}
   * @param results folder in which each sweep makes its own
   */
  ClaimSweeps(Path specs, String results, Supplier<SparkSession> session) {
    this.specs = specs;
    this.results = results;
    this.session = session;
  }

  /** The spec of a sweep. */
  Path spec(String name) {
    return specs.resolve(name + ".yaml");
  }

  /**
   * The tables of a sweep. It is run if its results folder lacks anything.
   *
   * @throws UserException if the spec is wrong, or rows failed
   */
  Query tables(String name) throws IOException {
    Query known = answered.get(name);
    if (known != null) {
      return known;
    }
    Configuration configuration = HadoopSettings.ofThisProcess();
    Spec spec =
        SpecReader.read(spec(name), List.of(), new FileAccess(HadoopSettings::ofThisProcess));
    ResultsFolder folder = ResultsFolder.at(results + "/" + spec.name(), configuration);
    SweepOutcome outcome =
        new Sweep(session, configuration, spec, folder, SILENT)
            .run(EnumSet.noneOf(SweepOption.class));
    if (!outcome.complete() || outcome.failed() > 0) {
      throw new UserException(
          String.format(
              "%s: %,d rows failed and %,d are missing; 'phasemap status %s' says why",
              spec(name), outcome.failed(), outcome.missing(), folder.path("")));
    }
    Query query = Query.open(folder);
    answered.put(name, query);
    return query;
  }

  @Override
  public void close() {
    answered.values().forEach(Query::close);
  }
}
