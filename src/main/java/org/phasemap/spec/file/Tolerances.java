package org.phasemap.spec.file;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.Tolerance;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.Named;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Rules;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Yaml;

/**
 * What a comparison of two sweeps lets pass (docs/regress.md).
 *
 * @param level probability of a false alarm, where nothing has changed
 * @param given tolerances that take the place of the quantities' own
 */
public record Tolerances(double level, Map<Quantity, Tolerance> given) {
  /** What holds where a user says nothing. */
  public static final Tolerances DEFAULT = new Tolerances(0.01, Map.of());

  private static final Choice<Quantity> NAMES = Choice.of(Quantity.all(), Quantity::column);
  private static final Named<Quantity> NUMBERS =
      new Named<>(NAMES, Real.between(0, Bounds.MAX_SCALE));

  private static final Field<Double> LEVEL =
      Field.defaulted(
          "level",
          Real.above(0, 0.5),
          "0.01",
          "most probable a false alarm may be where nothing has changed",
          "0.05");
  private static final Field<Map<Quantity, Double>> ABSOLUTE =
      Field.optional(
          "absolute", NUMBERS, "", "how far means may lie apart", "{ln_q: 0.01, c: 0.005}");
  private static final Field<Map<Quantity, Double>> RELATIVE =
      Field.optional(
          "relative", NUMBERS, "", "the same, as a share of the baseline's", "{train_loss: 0.05}");
  private static final Fields ROOT = new Fields(List.of(LEVEL, ABSOLUTE, RELATIVE));

  /** Of a quantity. */
  public Tolerance of(Quantity quantity) {
    return given.getOrDefault(quantity, quantity.tolerance());
  }

  /**
   * Reads a file.
   *
   * @throws UserException where it is not as docs/regress.md allows
   */
  public static Tolerances read(Path file) {
    return parse(SpecFile.read(file), file.toString());
  }

  /**
   * Reads a text.
   *
   * @param label names it in messages
   */
  static Tolerances parse(String text, String label) {
    Node root = Yaml.read(text, line -> label + ":" + line);
    if (root == null) {
      throw new UserException(label + ": is empty; allowed: " + ROOT.allowed());
    }
    Section section = ROOT.read(Place.of(root, Rules.unlimited(key -> Optional.empty())));
    Map<Quantity, Tolerance> given = new LinkedHashMap<>();
    Map<Quantity, Double> absolute = section.find(ABSOLUTE);
    Map<Quantity, Double> relative = section.find(RELATIVE);
    if (absolute != null) {
      absolute.forEach((quantity, value) -> given.put(quantity, new Tolerance(value, 0)));
    }
    if (relative != null) {
      relative.forEach(
          (quantity, value) ->
              given.merge(
                  quantity,
                  new Tolerance(0, value),
                  (was, is) -> new Tolerance(was.absolute(), value)));
    }
    return new Tolerances(section.read(LEVEL), Map.copyOf(given));
  }
}
