package org.phasemap.network.architecture;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.phasemap.network.Architecture;
import org.phasemap.network.UserException;

/** Every family that specs can name, and the texts of architectures. */
public final class Families {
  private static final List<Family> ALL =
      List.of(
          Plain.FAMILY,
          Convolutional.FAMILY,
          Residual.FAMILY,
          DenselyConnected.FAMILY,
          Transformer.FAMILY,
          Autoencoder.FAMILY,
          PhysicsInformed.FAMILY);

  private Families() {}

  /** All of them, in the order of the documents. */
  public static List<Family> all() {
    return ALL;
  }

  /** The family of a kind. */
  public static Optional<Family> of(String kind) {
    return ALL.stream().filter(family -> family.kind().equals(kind)).findFirst();
  }

  /** The names of all kinds. */
  public static List<String> kinds() {
    return ALL.stream().map(Family::kind).toList();
  }

  /**
   * The architecture of a text, such as {@code mlp} or {@code residual(order=pre1, scale=depth)}:
   * what {@code toString} of an architecture gives, with spaces and parameters in any order.
   *
   * @throws IllegalArgumentException if there is none, with what is allowed
   */
  public static Architecture parse(String text) {
    String all = text.strip();
    int open = all.indexOf('(');
    String kind = (open < 0 ? all : all.substring(0, open)).strip();
    Family family =
        of(kind)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "unknown architecture '" + kind + "'; allowed: " + names()));
    if (open < 0) {
      return family.make().apply(Choices.NONE);
    }
    if (!all.endsWith(")")) {
      throw new IllegalArgumentException("'" + all + "' does not end with )");
    }
    return family.parse(all.substring(open + 1, all.length() - 1));
  }

  /**
   * Reads what a table of results has.
   *
   * @throws UserException if it is not the text of one
   */
  public static Architecture ofTable(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new UserException("architecture: " + e.getMessage(), e);
    }
  }

  private static String names() {
    return kinds().stream().collect(Collectors.joining(", "));
  }
}
