package org.phasemap.kernel.formula;

import java.nio.ByteBuffer;

/**
 * An activation as kernels of a device take it, {@code struct Activation} of {@code
 * src/main/cuda/activation.cu}, which has the bits of {@link ActivationFormulas#both} on {@link
 * HeapElements}.
 *
 * @param above slope above 0 of a leaky ReLU; λ of an ELU
 * @param below slope below 0 of a leaky ReLU; λα of an ELU
 * @param jump λ(1 − α) of an ELU
 * @param scale λ of an ELU
 * @param alpha α of an ELU
 */
public record DeviceActivation(
    Kind kind, float above, float below, float jump, double scale, double alpha) {
  /** Bytes of the struct. */
  public static final int BYTES = 4 * Float.BYTES + 2 * Double.BYTES;

  /** Formulas of the device, in the order of {@code ACTIVATIONS} there. */
  public enum Kind {
    LINEAR,
    RELU,
    LEAKY_RELU,
    ABS,
    HARD_TANH,
    TANH,
    ERF,
    SIN,
    SOFTSIGN,
    ARCTAN,
    GELU,
    SILU,
    SOFTPLUS,
    SIGMOID,
    EXPONENTIAL_LINEAR,
    MISH
  }

  /** One without parameters. */
  static DeviceActivation of(Kind kind) {
    return new DeviceActivation(kind, 0, 0, 0, 0, 0);
  }

  /** Writes the struct, in the order of bytes of the buffer. */
  @SuppressWarnings("EnumOrdinal") // The order is the device's: DeviceActivationTest compares.
  public void put(ByteBuffer to) {
    to.putInt(kind.ordinal()).putFloat(above).putFloat(below).putFloat(jump);
    to.putDouble(scale).putDouble(alpha);
  }
}
