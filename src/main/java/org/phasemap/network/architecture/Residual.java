package org.phasemap.network.architecture;

import java.util.List;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/**
 * Blocks x + s·branch(x) after a first layer x_0 = W x (ARCHITECTURES 3). The weights of a branch
 * have variance σ_w²/fan-in. The read-out sees x_L, after a last φ only where the order has one.
 *
 * @param image of convolutional branches; empty where they are dense
 * @param order of the branch's layers
 * @param scale s
 * @param norm normalisation, where the order has its place
 * @param zeroGamma whether the last weights of a branch, or the γ of a norm after them, are 0
 * @param fixup whether the other weights of the branch are times L^{−1/(2m−2)}, m of them (Zhang
 *     2019), and the last are 0
 * @param weights how W comes from its numbers
 */
public record Residual(
    Image image,
    Order order,
    ResidualScale scale,
    Norm norm,
    boolean zeroGamma,
    boolean fixup,
    Parameterisation weights)
    implements Architecture.Layered {
  private static final Parameter<Branch> BRANCH =
      Parameter.of(
          "branch",
          ParameterType.Name.of(Branch.class),
          Branch.DENSE,
          "what the layers of a branch are; `size`, `kernel` and `padding` go with `convolutional`",
          "[dense, convolutional]");
  private static final Parameter<List<Integer>> SIZE = convolutional(Common.SIZE);
  private static final Parameter<Integer> KERNEL = convolutional(Common.KERNEL);
  private static final Parameter<Padding> PADDING = convolutional(Common.PADDING);
  private static final Parameter<Order> ORDER =
      Parameter.of(
              "order",
              ParameterType.Name.of(Order.class),
              Order.PRE1,
              "x + W φ(norm x), x + W₂ φ(norm W₁ φ(norm x)), x + norm(W φ(x)),"
                  + " x + norm(W₂ φ(norm W₁ x)), and the last with φ after the sum",
              "[pre1, post2]")
          .said();
  private static final Parameter<ResidualScale> SCALE = Common.scale("scale");
  private static final Parameter<Boolean> ZERO_GAMMA =
      Parameter.of(
          "zero_gamma",
          new ParameterType.Truth(),
          false,
          "whether a branch starts at 0: the γ of its last norm, or else its last weights",
          "[false, true]");
  private static final Parameter<Boolean> FIXUP =
      Parameter.of(
          "fixup",
          new ParameterType.Truth(),
          false,
          "whether the last weights of a branch start at 0 and its others are times"
              + " L^{−1/(2m−2)}, m of them",
          "true");

  static final Family FAMILY =
      new Family(
          "residual",
          "blocks x + s·branch(x)",
          List.of(
              BRANCH,
              SIZE,
              KERNEL,
              PADDING,
              ORDER,
              SCALE,
              Common.NORM,
              ZERO_GAMMA,
              FIXUP,
              Common.WEIGHTS),
          Residual::of);

  /** Of plain weights. */
  public Residual(
      Image image, Order order, ResidualScale scale, Norm norm, boolean zeroGamma, boolean fixup) {
    this(image, order, scale, norm, zeroGamma, fixup, Parameterisation.PLAIN);
  }

  private static <T> Parameter<T> convolutional(Parameter<T> parameter) {
    return parameter.said().beside(BRANCH, List.of(Branch.CONVOLUTIONAL));
  }

  private static Architecture of(Choices choices) {
    return new Residual(
        choices.get(BRANCH) == Branch.DENSE
            ? Image.NONE
            : new Image(choices.get(SIZE), choices.get(KERNEL), choices.get(PADDING)),
        choices.get(ORDER),
        choices.get(SCALE),
        choices.get(Common.NORM),
        choices.get(ZERO_GAMMA),
        choices.get(FIXUP),
        choices.get(Common.WEIGHTS));
  }

  /** What the layers of a branch are. */
  private enum Branch {
    DENSE,
    CONVOLUTIONAL
  }

  /**
   * An image that convolutions run over.
   *
   * @param size of the image; empty where layers are dense
   * @param kernel taps along each dimension
   * @param padding what lies outside
   */
  public record Image(List<Integer> size, int kernel, Padding padding)
      implements java.io.Serializable {
    /** None: layers are dense. */
    public static final Image NONE = new Image(List.of(), 1, Padding.CIRCULAR);

    /** Copies the size. */
    public Image {
      size = List.copyOf(size);
    }

    Weighted weighted(int width, double gain2) {
      Taps taps = size.isEmpty() ? Taps.ONE : Taps.of(kernel, padding);
      return new Weighted(width, taps, 1, gain2, true, Parameterisation.PLAIN);
    }
  }

  /** Of a branch. */
  public enum Order {
    /** x + W φ(norm(x)). */
    PRE1(1),
    /** x + W₂ φ(norm(W₁ φ(norm(x)))): ResNet-v2. */
    PRE2(2),
    /** x + norm(W φ(x)). */
    POST1(1),
    /** x + norm(W₂ φ(norm(W₁ x))). */
    POST2(2),
    /** φ(x + norm(W₂ φ(norm(W₁ x)))): ResNet-v1. */
    V1(2);

    private final int weights;

    Order(int weights) {
      this.weights = weights;
    }
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    if (!image.size().isEmpty()) {
      Images.check(image.size(), image.kernel(), width, dimension);
    }
    LayerGraph.Builder builder = new LayerGraph.Builder(weights);
    Shape shape =
        image.size().isEmpty() ? Shape.vector(dimension) : Images.shape(image.size(), dimension);
    int x = builder.add(image.weighted(width, 1), builder.add(new Operation.Given(shape)));
    for (int block = 1; block <= depth; block++) {
      int branch = branch(builder, x, depth, width);
      x = Blocks.sum(builder, x, branch, scale.of(block, depth));
      x = builder.endLayer(order == Order.V1 ? builder.add(new Operation.Activate(), x) : x);
    }
    return image.size().isEmpty()
        ? builder.readout(Weighted.dense(1), x)
        : Images.readout(builder, Readout.AVERAGE, x);
  }

  private int branch(LayerGraph.Builder builder, int x, int depth, int width) {
    return switch (order) {
      case PRE1 -> last(builder, phi(builder, x), width);
      case PRE2 ->
          last(builder, phi(builder, inner(builder, phi(builder, x), depth, width)), width);
      case POST1 ->
          lastNorm(builder, last(builder, builder.add(new Operation.Activate(), x), width));
      case POST2, V1 ->
          lastNorm(builder, last(builder, phi(builder, inner(builder, x, depth, width)), width));
    };
  }

  private int phi(LayerGraph.Builder builder, int from) {
    return Normalised.before(norm).activate(builder, from);
  }

  private int inner(LayerGraph.Builder builder, int from, int depth, int width) {
    double gain2 = fixup ? Math.pow(depth, -1.0 / (order.weights - 1)) : 1;
    return builder.add(image.weighted(width, gain2), from);
  }

  private int last(LayerGraph.Builder builder, int from, int width) {
    boolean isZero = fixup || (zeroGamma && !hasLastNorm());
    return builder.add(image.weighted(width, isZero ? 0 : 1), from);
  }

  private boolean hasLastNorm() {
    return norm != Norm.NONE && order != Order.PRE1 && order != Order.PRE2;
  }

  private int lastNorm(LayerGraph.Builder builder, int from) {
    return new Normalised(norm, Place.AFTER, zeroGamma ? 0 : 1).normalise(builder, from);
  }

  @Override
  public String toString() {
    return Choices.NONE
        .with(BRANCH, image.size().isEmpty() ? Branch.DENSE : Branch.CONVOLUTIONAL)
        .with(SIZE, image.size())
        .with(KERNEL, image.kernel())
        .with(PADDING, image.padding())
        .with(ORDER, order)
        .with(SCALE, scale)
        .with(Common.NORM, norm)
        .with(ZERO_GAMMA, zeroGamma)
        .with(FIXUP, fixup)
        .with(Common.WEIGHTS, weights)
        .text(FAMILY.kind());
  }
}
