package org.phasemap.cli.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.data.DataSets;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A spec file and what the command line changes in it. */
final class SpecOptions {
  @Parameters(paramLabel = "SPEC", description = "the spec, a YAML file (docs/spec.md)")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--override"},
      paramLabel = "FIELD=VALUE",
      description = "replaces a field of the spec, such as network.width=512")
  private List<String> overrides = new ArrayList<>();

  Spec read() {
    Spec spec = SpecReader.read(file, overrides, new FileAccess(HadoopSettings::ofThisProcess));
    // A spec that names the content of its files is held to it before any work starts.
    try {
      if (spec.inputs().source() instanceof Inputs.Chosen chosen) {
        DataSets.load(chosen.data());
      }
      if (spec.training() != null) {
        DataSets.load(spec.training().data()).checkTrainable();
      }
    } catch (UserException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
    return spec;
  }

  /** Resolves what {@link #read} gave; mistakes that need the theory are found here. */
  Plan plan(Spec spec) {
    try {
      return Plan.of(spec);
    } catch (UserException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
  }
}
