package org.phasemap.cli.theory.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.convolution.ChannelFluctuation;
import org.phasemap.theory.architecture.convolution.ConvolutionPadding;
import org.phasemap.theory.architecture.convolution.Padding;
import org.phasemap.theory.architecture.convolution.PositionKernels;
import org.phasemap.theory.architecture.convolution.PositionKernels.Readout;
import org.phasemap.theory.architecture.convolution.TapCounts;
import org.phasemap.theory.architecture.convolution.Taps;
import org.phasemap.theory.architecture.convolution.VarianceProfile;

/** Convolutions. */
final class ConvolutionKeys {
  private static final Parameter KERNEL = Parameter.count("kernel", 1);
  private static final Parameter SIZE = Parameter.count("size", 1);
  private static final Parameter PADDING =
      Parameter.choice("padding", "zero", "circular", "reflect");
  private static final Parameter DIMS = Parameter.count("dims", 1).or("1");
  private static final Parameter R0 = Parameter.correlation("r0");
  private static final Parameter READOUT = Parameter.choice("readout", "flatten", "gap");
  private static final Parameter I = Parameter.counts("i", 0);
  private static final Parameter J = Parameter.counts("j", 0);
  private static final Parameter POSITION = Parameter.counts("position", 0);
  private static final Parameter MODE = Parameter.counts("mode", 0);
  private static final Parameter CIRCULAR = Parameter.choice("padding", "circular").or("circular");
  private static final Parameter STRIDE = Parameter.count("stride", 1);
  private static final Parameter PHASE = Parameter.counts("phase", 0);
  private static final Parameter BETWEEN = Parameter.homogeneous("between");

  private static final Family MAPS =
      new Family("Convolutions", "Xiao et al. 2018, arXiv 1806.05393, eq. 2.4; Novak et al. 2019");
  private static final Family CNTK =
      new Family("Convolutions", "Novak et al. 2019; Arora et al. 2019, arXiv 1904.11955, sec. 4");
  private static final Family COUNTING = new Family("Convolutions", "counting of taps");
  private static final Family FLUCTUATIONS =
      new Family("Convolutions", "derived: first order in 1/C");

  private ConvolutionKeys() {}

  static List<ArchitectureKey> keys() {
    List<ArchitectureKey> keys = new ArrayList<>();
    keys.add(variance("mean", "mean over pixels of the variance", VarianceProfile::mean));
    keys.add(variance("corner", "variance at pixel 0", VarianceProfile::corner));
    keys.add(variance("centre", "variance at pixel size/2", VarianceProfile::centre));
    keys.addAll(kernels());
    keys.addAll(tapCounts());
    keys.addAll(fluctuations());
    return keys;
  }

  private static ArchitectureKey variance(
      String where, String meaning, ToDoubleFunction<VarianceProfile> value) {
    return new ArchitectureKey(
        "conv_variance_" + where,
        MAPS,
        meaning + " after depth layers q' = sw2 A V(q) + sb2, from q0",
        List.of(
            Laws.ACTIVATION,
            Laws.SIGMA_W2,
            Laws.SIGMA_B2,
            KERNEL,
            SIZE,
            Laws.LAYERS,
            PADDING,
            DIMS,
            Laws.Q0),
        p ->
            value.applyAsDouble(
                new VarianceProfile(taps(p), p.count(DIMS), p.number(Laws.Q0))
                    .through(p.law(), p.count(Laws.LAYERS))));
  }

  private static List<ArchitectureKey> kernels() {
    return List.of(
        new ArchitectureKey(
            "conv_position_covariance",
            MAPS,
            "Cov(z[i], z[j]) at layer depth, z_1 of covariance q0((1 - r0) I + r0 11')",
            kernelParameters(I, J),
            p -> kernels(p).covariance(pixel(p, I), pixel(p, J))),
        new ArchitectureKey(
            "conv_nngp",
            CNTK,
            "variance of a scalar read-out of phi(z_depth)",
            kernelParameters(READOUT),
            p -> kernels(p).nngp(p.constant(READOUT, Readout.class))),
        new ArchitectureKey(
            "conv_ntk",
            CNTK,
            "tangent kernel of that read-out, NTK parameterisation",
            kernelParameters(READOUT),
            p -> kernels(p).ntk(p.constant(READOUT, Readout.class))));
  }

  private static List<Parameter> kernelParameters(Parameter... own) {
    List<Parameter> all =
        new ArrayList<>(
            List.of(
                Laws.ACTIVATION,
                Laws.SIGMA_W2,
                Laws.SIGMA_B2,
                KERNEL,
                SIZE,
                Laws.DEPTH,
                PADDING,
                DIMS,
                Laws.Q0,
                R0));
    all.addAll(Arrays.asList(own));
    return List.copyOf(all);
  }

  private static PositionKernels kernels(KeyParameters p) {
    return new PositionKernels(p.law(), taps(p), p.count(DIMS), p.number(Laws.Q0), p.number(R0))
        .upTo(p.count(Laws.DEPTH));
  }

  private static List<ArchitectureKey> tapCounts() {
    return List.of(
        new ArchitectureKey(
            "conv_mode_factor",
            MAPS,
            "lambda_m = mean over taps of cos(2 pi m beta/size): a mode decays as (chi lambda_m)^l",
            List.of(SIZE, KERNEL, MODE, CIRCULAR, DIMS),
            p -> product(p, MODE, m -> TapCounts.modeFactor(p.count(SIZE), p.count(KERNEL), m))),
        new ArchitectureKey(
            "conv_gradient_position",
            COUNTING,
            "E g^2 at a position after depth critical layers back, from 1 everywhere: (A')^depth 1",
            List.of(PADDING, SIZE, KERNEL, Laws.LAYERS, POSITION, DIMS),
            p -> product(p, POSITION, i -> gradient(p, i))),
        new ArchitectureKey(
            "conv_stride_gradient_share",
            COUNTING,
            "E g^2 at an input position by its phase in the stride, per unit output gradient",
            List.of(KERNEL, STRIDE, PHASE, DIMS),
            p ->
                product(p, PHASE, i -> TapCounts.strideShare(p.count(KERNEL), p.count(STRIDE), i))),
        new ArchitectureKey(
            "transposed_phase_variance",
            COUNTING,
            "variance at an output position of a transposed convolution by its phase, over the"
                + " mean",
            List.of(KERNEL, STRIDE, PHASE, DIMS),
            p ->
                product(
                    p,
                    PHASE,
                    i -> TapCounts.transposedPhase(p.count(KERNEL), p.count(STRIDE), i))));
  }

  private static double gradient(KeyParameters p, int position) {
    OutsideDomainException.unless(
        position < p.count(SIZE), "position " + position + " is outside the image");
    return ConvolutionPadding.gradient(taps(p), p.count(Laws.DEPTH), position);
  }

  private static List<ArchitectureKey> fluctuations() {
    return List.of(
        new ArchitectureKey(
            "conv_kernel_variance_relu",
            FLUCTUATIONS,
            "C Var ln(q_L/q_1), q the pixel mean, ReLU He, circular: sum of 4 mean(K2(c_l) - 1/4)",
            List.of(SIZE, Laws.C0, Laws.DEPTH, DIMS),
            p ->
                ChannelFluctuation.ofRelu(
                    Math.pow(p.count(SIZE), p.count(DIMS)),
                    p.number(Laws.C0),
                    p.count(Laws.DEPTH))),
        new ArchitectureKey(
            "separable_kernel_variance_white",
            FLUCTUATIONS,
            "C Var of the normalised second moment after a linear depthwise layer of a white ReLU"
                + " ring",
            List.of(SIZE, KERNEL, DIMS),
            p -> ChannelFluctuation.separableWhite(p.count(SIZE), p.count(KERNEL), p.count(DIMS))),
        new ArchitectureKey(
            "separable_kernel_variance_constant",
            FLUCTUATIONS,
            "the same for a constant image: 36 (1 + a^4)/(1 + a^2)^2 - 1, a the slope of what is"
                + " between",
            List.of(BETWEEN),
            p -> ChannelFluctuation.separableConstant(p.activation(BETWEEN).homogeneousSlope())));
  }

  private static Taps taps(KeyParameters p) {
    return new Taps(p.count(SIZE), p.count(KERNEL), p.constant(PADDING, Padding.class));
  }

  /** A product over dimensions, of an index each. */
  private static double product(KeyParameters p, Parameter indices, IntToDoubleFunction factor) {
    return Arrays.stream(index(p, indices)).mapToDouble(factor).reduce(1, (a, b) -> a * b);
  }

  private static int[] index(KeyParameters p, Parameter indices) {
    int[] given = p.counts(indices);
    int dims = p.count(DIMS);
    OutsideDomainException.unless(
        given.length == dims,
        indices.name()
            + "="
            + p.text(indices)
            + "; allowed: "
            + dims
            + " numbers, one a dimension");
    return given;
  }

  private static int pixel(KeyParameters p, Parameter indices) {
    int pixel = 0;
    for (int i : index(p, indices)) {
      OutsideDomainException.unless(
          i < p.count(SIZE), indices.name() + "=" + i + " is outside the image");
      pixel = pixel * p.count(SIZE) + i;
    }
    return pixel;
  }
}
