package org.phasemap.spec.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.phasemap.data.FileAccess;
import org.phasemap.kernel.Backend;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Spec.Limits;
import org.phasemap.spec.Training;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Overrides;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Rules;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Yaml;

/**
 * Reads specs: YAML 1.2 as docs/spec.md describes it, strictly. The first mistake found is thrown
 * as one {@link UserException} of one line, with the file, the line, the path of the field, the
 * value and what is allowed.
 */
public final class SpecReader {
  private SpecReader() {}

  /**
   * Reads a file and then applies overrides, the last of equal paths winning.
   *
   * @param overrides {@code path=value}, such as {@code network.depth=[4, 8]}, the value in YAML
   * @param access to the files that it names
   * @throws UserException where the file or an override is not as docs/spec.md allows
   */
  public static Spec read(Path file, List<String> overrides, FileAccess access) {
    Path parent = file.toAbsolutePath().getParent();
    DataFields data = DataFields.in(parent == null ? file : parent, access);
    return parse(SpecFile.read(file), file.toString(), data, overrides);
  }

  /**
   * Reads the resolved spec of a results folder, which may come from anyone: no file that it names
   * is looked at.
   *
   * @param label names the text in messages
   * @param access to the files that it names, for later
   * @throws UserException where the text is not as docs/spec.md allows, or not resolved
   */
  public static Spec resolved(String text, String label, FileAccess access) {
    return parse(text, label, DataFields.unseen(access), List.of());
  }

  /**
   * Reads the text of a spec, such as {@link SpecWriter} writes. Relative paths start from the
   * working directory.
   *
   * @param label names the text in messages
   * @throws UserException where the text is not as docs/spec.md allows
   */
  public static Spec parse(String text, String label) {
    return parse(text, label, FileAccess.PLAIN);
  }

  /** As {@link #parse(String, String)}, with the files that it names reached so. */
  public static Spec parse(String text, String label, FileAccess access) {
    return parse(text, label, DataFields.in(Path.of(""), access), List.of());
  }

  private static Spec parse(String text, String label, DataFields data, List<String> overrides) {
    Node root = Yaml.read(text, line -> label + ":" + line);
    if (root == null) {
      throw new UserException(label + ": is empty; allowed: " + SpecFormat.ROOT.allowed());
    }
    if (!(root instanceof Node.Mapping mapping)) {
      throw Place.of(root, Rules.unlimited(SpecFormat::pathOf))
          .wrongKind(SpecFormat.ROOT.allowed());
    }
    Node.Mapping spec = mapping;
    for (String override : overrides) {
      spec = Overrides.apply(spec, override);
    }
    return spec(spec, data);
  }

  private static Spec spec(Node.Mapping mapping, DataFields data) {
    Rules unlimited = Rules.unlimited(SpecFormat::pathOf);
    Section limits = SpecFormat.ROOT.read(Place.of(mapping, unlimited)).read(SpecFormat.LIMITS);
    long maxCells = limits.read(SpecFormat.MAX_CELLS);
    Rules rules =
        maxCells < unlimited.maxPoints()
            ? new Rules((int) maxCells, "(limits.max_cells)", SpecFormat::pathOf)
            : unlimited;
    Section root = SpecFormat.ROOT.read(Place.of(mapping, rules));

    String name = root.read(SpecFormat.NAME);
    long seed = root.read(SpecFormat.SEED);
    Replicates replicates = root.read(SpecFormat.REPLICATES);
    Section network = root.read(SpecFormat.NETWORK);
    NetworkAxes grid = Grids.read(network);
    Inputs inputs = data.inputs(root.read(SpecFormat.INPUTS));
    EnumSet<Probe> probes = EnumSet.noneOf(Probe.class);
    probes.addAll(root.read(SpecFormat.PROBES));
    if (!probes.isEmpty()) {
      Architectures.check(network, grid, inputs.dimension());
    }
    Checks.probes(root, probes);
    Architectures.checkProbes(root, grid, probes);
    Checks.until(root, replicates, probes, inputs);
    Section trained = root.find(SpecFormat.TRAINING);
    Training training = trained == null ? null : Trainings.read(trained, grid, data);
    int outputs = root.read(SpecFormat.OUTPUTS);
    Spec.SamplerChoice sampler = Samplers.read(root, grid, probes, inputs.dimension());
    Spec.RandomNumbers randomNumbers = root.read(SpecFormat.RANDOM_NUMBERS);
    Optional<Backend> backend = root.read(SpecFormat.BACKEND);
    Checks.cells(network.place(), probes.isEmpty() ? null : grid, training, maxCells);
    return new Spec(
        name,
        new Spec.Draws(seed, sampler, randomNumbers),
        replicates,
        new Spec.Initialisation(grid, inputs, Collections.unmodifiableSet(probes), outputs),
        training,
        backend,
        new Limits(maxCells, limits.read(SpecFormat.CELL_SECONDS)));
  }
}
