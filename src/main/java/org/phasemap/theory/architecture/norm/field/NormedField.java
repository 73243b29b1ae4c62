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
  private static final Homogeneous IDENTITY = new Homogeneous(1, 1);

  private final PairAlgebra algebra;
  private final PairAlgebra.Modes modes;
  private final Tilts tilts;
  private @Nullable List<Law> homogeneous;

  /**
   * Of a covariance.
   *
   * @param algebra of its positions
   * @param covariance its entries
   * @throws OutsideDomainException where what is left without the mean has no variance, or next to
   *     none
   */
  public NormedField(PairAlgebra algebra, double[] covariance) {
    this.algebra = algebra;
    modes = algebra.modes(covariance);
    OutsideDomainException.unless(modes.trace() > 0, "a batch of equal inputs has no variance");
    tilts = new Tilts(algebra, modes);
  }

  /**
   * Second moments of ψ, and its means.
   *
   * @param products E ψψ, entries of a matrix
   * @param means E ψ by kind of position
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  public record Values(double[] products, double[] means) {}

  /** E uu. */
  public double[] normalised() {
    return values(IDENTITY).products();
  }

  /** Of φ(γu). */
  public Values values(Activation activation, double gamma) {
    return values(passage(activation, gamma));
  }

  private Values values(Passage passage) {
    double[] products = new double[algebra.size()];
    for (Law law : laws(passage)) {
      for (int e = 0; e < products.length; e++) {
        products[e] += law.weights().value() * pair(passage, law, e).value();
      }
    }
    return new Values(products, passage.means(tilts));
  }

  /**
   * Second moments of gradients under the norm.
   *
   * @param gradients those above φ
   */
  public double[] down(Activation activation, double gamma, double[] gradients) {
    return down(passage(activation, gamma), gradients);
  }

  /** The same where no φ follows. */
  public double[] downLinear(double gamma, double[] gradients) {
    return down(new Homogeneous(1, gamma), gradients);
  }

  private double[] down(Passage passage, double[] gradients) {
    int size = algebra.size();
    double[] direct = new double[size];
    double[] inModes = new double[size];
    for (Law law : laws(passage)) {
      double[] radial = new double[size];
      double[] bend = new double[size];
      double[] squares = new double[size];
      for (int e = 0; e < size; e++) {
        PairMoments pair = pair(passage, law, e);
        direct[e] += law.weights().slope() * gradients[e] * pair.slope();
        radial[e] = gradients[e] * pair.radialSlope();
        bend[e] = gradients[e] * pair.radialBend();
        squares[e] = gradients[e] * pair.radial();
      }
      algebra.addDiagonal(radial, algebra.columnSums(bend));
      double[] radialModes = modes.to(radial);
      double[] squareModes =
          passage.isHomogeneous() ? radialModes : modes.to(squared(passage, law, gradients));
      addInModes(law, radialModes, squareModes, algebra.total(squares), inModes);
    }
    double[] sum = modes.from(inModes);
    for (int e = 0; e < size; e++) {
      sum[e] += direct[e];
    }
    return algebra.centred(sum);
  }

  /** V of E uu Σ χχΓ = (Σ χχΓ) S + 2 S V S. */
  private double[] squared(Passage passage, Law law, double[] gradients) {
    double[] squared = new double[gradients.length];
    double[] curve = new double[gradients.length];
    for (int e = 0; e < squared.length; e++) {
      PairMoments pair = pair(passage, law, e);
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
  private void addInModes(
      Law law, double[] radial, double[] square, double sum, double[] inModes) {
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

  private PairMoments pair(Passage passage, Law law, int entry) {
    return passage.pair(
        law.variance()[algebra.first(entry)],
        law.variance()[algebra.second(entry)],
        law.covariance()[entry]);
  }

  private List<Law> laws(Passage passage) {
    if (!passage.isHomogeneous()) {
      return passage.laws(tilts);
    }
    List<Law> known = homogeneous;
    if (known == null) {
      known = passage.laws(tilts); // the same for all
      homogeneous = known;
    }
    return known;
  }

  private static Passage passage(Activation activation, double gamma) {
    OutsideDomainException.unless(
        activation.isHomogeneous(),
        "batch norm over positions has formulas for (leaky) ReLU only");
    return new Homogeneous(activation.homogeneousSlope(), gamma);
  }
}
