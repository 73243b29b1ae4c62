package org.phasemap.analysis.regress;

import java.util.List;
import org.phasemap.quantity.Quantity;

/** What two sweeps say of how their cells differ. */
interface Evidence {
  /** What both have measured. */
  Columns columns();

  /** The quantities that both have measured. */
  default List<Quantity> quantities() {
    return columns().measured();
  }

  /** How many cells have enough networks with a value to compare. */
  default long tests(Quantity quantity) {
    return columns().tests(quantity);
  }

  /**
   * The cells whose means lie further apart than a tolerance; the others' p is 1.
   *
   * @param tolerance the least of all cells'
   */
  List<Means> beyond(Quantity quantity, double tolerance);

  /** How many shares are tested in a cell, besides whether networks have a value of a quantity. */
  int SHARES = 4;

  /** The cells in which something happened to another share of networks. */
  List<Change> shares();

  /**
   * A cell's means.
   *
   * @param before in the baseline
   * @param after in the candidate
   * @param networks on the side with fewer
   * @param test given a tolerance
   */
  record Means(String cell, double before, double after, long networks, Test test) {}

  /** How far from chance a difference is. */
  interface Test {
    TestName name();

    RankTest.Answer answer(double tolerance);
  }

  /** A test of means, whose p may be as small as it likes. */
  record MeanTest(TestName name, java.util.function.DoubleUnaryOperator p) implements Test {
    @Override
    public RankTest.Answer answer(double tolerance) {
      return new RankTest.Answer(p.applyAsDouble(tolerance), 0);
    }
  }

  /** A test of ranks. */
  record OrderTest(TestName name, java.util.function.DoubleFunction<RankTest.Answer> answers)
      implements Test {
    @Override
    public RankTest.Answer answer(double tolerance) {
      return answers.apply(tolerance);
    }
  }
}
