package org.phasemap.theory.architecture.norm.field;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;

/**
 * Batch norm of a channel over N = inputs × positions, whose pre-activations z are Gaussian of any
 * covariance S: u = √N x/|x|, x = Gz, G takes the mean away. Moments of ψ(u) = φ(γu) are those of
 * Gaussians of other covariances, {@link Tilts}.
 *
 * <p>Backwards a gradient h of ψ goes to √N/|x| G(I − ûû′)Dh, û = x/|x|, D = diag ψ′(u). Where h
 * does not depend on z, and E hh′ = Γ, its second moment is G M G with
 *
 * <pre>
 * M = E g[A − (uu′A + Auu′)/N + u(u′Au)u′/N²], A = DΓD, g = N/|x|².
 * </pre>
 *
 * Of its sums over third and fourth positions Stein's lemma makes products of matrices.
 */
public final class NormedField {
  private final PairAlgebra algebra;
  private final PairAlgebra.Modes modes;
  private final Activation activation;
  private final double gamma;
  private final Tilts tilts;
  private final Passage linear;
  private final List<Law> exact;
  private @Nullable Passage passage;
  private List<Law> laws = List.of();

  /**
   * Of a covariance.
   *
   * @param algebra of its positions
   * @param covariance its entries
   * @param activation φ
   * @param gamma γ, not 0
   * @throws OutsideDomainException where what is left without the mean has no variance, or next to
   *     none
   */
  public NormedField(
      PairAlgebra algebra, double[] covariance, Activation activation, double gamma) {
    this.algebra = algebra;
    this.activation = activation;
    this.gamma = gamma;
    modes = algebra.modes(covariance);
    OutsideDomainException.unless(modes.trace() > 0, "a batch of equal inputs has no variance");
    tilts = new Tilts(algebra, modes);
    linear = new Homogeneous(1, gamma);
    exact = linear.laws(tilts);
  }

  /**
   * Second moments of ψ, and its means.
   *
   * @param products E ψψ, entries of a matrix
   * @param means E ψ by kind of position
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  public record Values(double[] products, double[] means) {}

  /** γ² E uu. */
  public double[] normalised() {
    return products(linear, exact);
  }

  /**
   * Of ψ(u) = φ(γu).
   *
   * @throws OutsideDomainException of a φ that has no formula
   */
  public Values values() {
    Passage own = passage();
    return new Values(products(own, laws), own.means(tilts, laws));
  }

  private double[] products(Passage of, List<Law> known) {
    double[] products = new double[algebra.size()];
    for (Law law : known) {
      for (int e = 0; e < products.length; e++) {
        products[e] += law.weights().value() * pair(of, law, e).value();
      }
    }
    return products;
  }

  /**
   * Second moments of gradients under the norm.
   *
   * @param gradients those above φ
   */
  public double[] down(double[] gradients) {
    return down(passage(), laws, gradients);
  }

  /** The same where no φ follows. */
  public double[] downLinear(double[] gradients) {
    return down(linear, exact, gradients);
  }

  private Passage passage() {
    Passage known = passage;
    if (known == null) {
      known =
          activation.isHomogeneous()
              ? new Homogeneous(activation.homogeneousSlope(), gamma)
              : new Smooth(activation, gamma);
      laws = activation.isHomogeneous() ? exact : known.laws(tilts);
      passage = known;
    }
    return known;
  }

  private double[] down(Passage of, List<Law> known, double[] gradients) {
    int size = algebra.size();
    double[] direct = new double[size];
    double[] inModes = new double[size];
    for (Law law : known) {
      double[] radial = new double[size];
      double[] bend = new double[size];
      double[] squares = new double[size];
      for (int e = 0; e < size; e++) {
        PairMoments pair = pair(of, law, e);
        direct[e] += law.weights().slope() * gradients[e] * pair.slope();
        radial[e] = gradients[e] * pair.radialSlope();
        bend[e] = gradients[e] * pair.radialBend();
        squares[e] = gradients[e] * pair.radial();
      }
      algebra.addDiagonal(radial, algebra.columnSums(bend));
      double[] radialModes = modes.to(radial);
      double[] squareModes =
          of.isHomogeneous() ? radialModes : modes.to(squared(of, law, gradients));
      addInModes(law, radialModes, squareModes, algebra.total(squares), inModes);
    }
    double[] sum = modes.from(inModes);
    for (int e = 0; e < size; e++) {
      sum[e] += direct[e];
    }
    return algebra.centred(sum);
  }

  /** V of E uu Σ χχΓ = (Σ χχΓ) S + 2 S V S. */
  private double[] squared(Passage of, Law law, double[] gradients) {
    double[] squared = new double[gradients.length];
    double[] curve = new double[gradients.length];
    for (int e = 0; e < squared.length; e++) {
      PairMoments pair = pair(of, law, e);
      squared[e] = gradients[e] * pair.radialSlopes();
      curve[e] = gradients[e] * pair.radialCurve();
    }
    algebra.addDiagonal(squared, algebra.columnSums(curve));
    return squared;
  }

  /**
   * Adds −(E uu′A + E Auu′)/N + E u(u′Au)u′/N², of a law: both are symmetric, since ψ is
   * homogeneous or all variances are alike.
   */
  private void addInModes(Law law, double[] radial, double[] square, double sum, double[] inModes) {
    double n = algebra.numbers();
    double[] common = modes.ofValues(law.values());
    for (int e = 0; e < inModes.length; e++) {
      double row = law.values()[modes.row(e)];
      double column = law.values()[modes.column(e)];
      inModes[e] +=
          -law.weights().radial() / n * (row + column) * radial[e]
              + law.weights().square() / n / n * (sum * common[e] + 2 * row * column * square[e]);
    }
  }

  private PairMoments pair(Passage of, Law law, int entry) {
    return of.pair(
        law.variance()[algebra.first(entry)],
        law.variance()[algebra.second(entry)],
        law.covariance()[entry]);
  }
}
