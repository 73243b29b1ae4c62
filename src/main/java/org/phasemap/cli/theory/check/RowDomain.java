package org.phasemap.cli.theory.check;

import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.phasemap.cli.theory.parameters.Expression;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.theory.OutsideDomainException;

/** Which numbers the parameters of a reference row may be, by the names that tables use. */
enum RowDomain {
  NOT_NEGATIVE(
      "finite numbers >= 0",
      x -> x >= 0 && Double.isFinite(x),
      "sigma_w2 sw2 sigma_w2_q sigma_w2_k sigma_b2 sb2 sigma_b2_min sigma_b2_max q q1 q2 q_a q_b"
          + " qa qb logit_var v sigma aspect"),
  POSITIVE(
      "finite numbers > 0",
      x -> x > 0 && Double.isFinite(x),
      "q0 fan_in fan_out n_in n_out delta trunc t sigma_mult eps"),
  FINITE("finite numbers", Double::isFinite, "a g gamma beta branch_gain"),
  CORRELATION("numbers from -1 to 1", x -> Math.abs(x) <= 1, "c c0"),
  SHARE("numbers above 0, at most 1", x -> x > 0 && x <= 1, "p rho"),
  DECAY("numbers from 0 to 1", x -> x >= 0 && x <= 1, "beta2"),
  DEPTH("whole numbers from 1 to 100000", x -> isWhole(x, 1e5), "L depth l d layers blocks"),
  EDGE("whole numbers from 1 to 4096", x -> isWhole(x, 4096), "H W k"),
  COUNT(
      "whole numbers from 1 to 1000000000",
      x -> isWhole(x, 1e9),
      "width n B m T d_k c_in c_out channels groups stride");

  /** Of a value that holds for all. */
  private static final String ANY = "any";

  private static final Map<String, RowDomain> BY_NAME =
      Stream.of(values())
          .flatMap(domain -> Stream.of(domain.names.split(" ")).map(n -> Map.entry(n, domain)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String allowed;

  @SuppressWarnings("ImmutableEnumChecker") // a test of a number has no state
  private final DoublePredicate admits;

  private final String names;

  RowDomain(String allowed, DoublePredicate admits, String names) {
    this.allowed = allowed;
    this.admits = admits;
    this.names = names;
  }

  /**
   * Checks the numbers of a row.
   *
   * @throws OutsideDomainException for the first that is none, or not allowed
   */
  static void check(ReferenceParameters parameters) {
    parameters.texts().forEach(RowDomain::check);
  }

  private static void check(String name, String text) {
    RowDomain domain = BY_NAME.get(name);
    if (domain == null || text.equals(ANY)) {
      return;
    }
    boolean admitted;
    try {
      admitted = domain.admits.test(Expression.evaluate(text, Map.of()));
    } catch (IllegalArgumentException e) {
      admitted = false;
    }
    OutsideDomainException.unless(admitted, name + "=" + text + "; allowed: " + domain.allowed);
  }

  private static boolean isWhole(double x, double largest) {
    return x >= 1 && x <= largest && x == Math.rint(x);
  }
}
