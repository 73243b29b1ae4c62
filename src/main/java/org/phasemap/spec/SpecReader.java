package org.phasemap.spec;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Spec.Limits;

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
   * @throws UserException where the file or an override is not as docs/spec.md allows
   */
  public static Spec read(Path file, List<String> overrides) {
    Path parent = file.toAbsolutePath().getParent();
    DataFields data = DataFields.in(parent == null ? file : parent);
    return parse(SpecFile.read(file), file.toString(), data, overrides);
  }

  /**
   * Reads the resolved spec of a results folder, which may come from anyone: no file that it names
   * is looked at.
   *
   * @param label names the text in messages
   * @throws UserException where the text is not as docs/spec.md allows, or not resolved
   */
  public static Spec resolved(String text, String label) {
    return parse(text, label, DataFields.unseen(), List.of());
  }

  /**
   * Reads the text of a spec, such as {@link SpecWriter} writes. Relative paths start from the
   * working directory.
   *
   * @param label names the text in messages
   * @throws UserException where the text is not as docs/spec.md allows
   */
  public static Spec parse(String text, String label) {
    return parse(text, label, DataFields.in(Path.of("")), List.of());
  }

  private static Spec parse(String text, String label, DataFields data, List<String> overrides) {
    Node root = Yaml.read(text, line -> label + ":" + line);
    if (root == null) {
      throw new UserException(label + ": is empty; allowed: " + Format.ROOT.allowed());
    }
    if (!(root instanceof Node.Mapping mapping)) {
      throw new Place("", root, Axis.MAX_POINTS).wrongKind(Format.ROOT.allowed());
    }
    Node.Mapping spec = mapping;
    for (String override : overrides) {
      spec = Overrides.apply(spec, override);
    }
    return spec(spec, data);
  }

  private static Spec spec(Node.Mapping mapping, DataFields data) {
    Section first = Format.ROOT.read(new Place("", mapping, Axis.MAX_POINTS));
    Section limits = first.read(Format.LIMITS);
    long maxCells = limits.read(Format.MAX_CELLS);
    int maxPoints = (int) Math.min(maxCells, Axis.MAX_POINTS);
    Section root = Format.ROOT.read(new Place("", mapping, maxPoints));

    String name = root.read(Format.NAME);
    long seed = root.read(Format.SEED);
    Replicates replicates = root.read(Format.REPLICATES);
    Section network = root.read(Format.NETWORK);
    NetworkAxes grid = Grid.read(network);
    Inputs inputs = data.inputs(root.read(Format.INPUTS));
    EnumSet<Probe> probes = EnumSet.noneOf(Probe.class);
    probes.addAll(root.read(Format.PROBES));
    Format.PROBES_TYPE.check(root, probes);
    Format.REPLICATES_TYPE.check(root, replicates, probes, inputs);
    Section trained = root.find(Format.TRAINING);
    Training training = trained == null ? null : Trainings.read(trained, grid, data);
    int outputs = root.read(Format.OUTPUTS);
    Spec.SamplerChoice sampler = Samplers.read(root, grid, probes);
    Spec.RandomNumbers randomNumbers = root.read(Format.RANDOM_NUMBERS);
    Spec.BackendChoice backend = root.read(Format.BACKEND);
    checkCells(network.place(), probes.isEmpty() ? null : grid, training, maxCells);
    return new Spec(
        name,
        seed,
        replicates,
        grid,
        inputs,
        Collections.unmodifiableSet(probes),
        outputs,
        training,
        sampler,
        randomNumbers,
        backend,
        new Limits(maxCells, limits.read(Format.CELL_SECONDS)));
  }

  /**
   * Counts what is measured at initialisation and what is trained.
   *
   * @param measured null where nothing is
   * @param training null where nothing is
   */
  private static void checkCells(
      Place network, @Nullable NetworkAxes measured, @Nullable Training training, long maxCells) {
    BigInteger cells = BigInteger.ZERO;
    List<String> words = new ArrayList<>();
    if (measured != null) {
      cells = cells.add(Grid.cells(measured));
      words.add(Grid.cellsInWords(measured));
    }
    if (training != null) {
      cells = cells.add(Grid.cells(training));
      words.add("to train " + Grid.cellsInWords(training));
    }
    if (cells.compareTo(BigInteger.valueOf(maxCells)) > 0) {
      throw network.wrong(
          String.join(" and ", words)
              + " are too many; allowed: at most "
              + maxCells
              + " together (limits.max_cells)");
    }
  }
}
