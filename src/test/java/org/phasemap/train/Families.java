package org.phasemap.train;

import java.util.List;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Autoencoder;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.DenselyConnected;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Plain;
import org.phasemap.network.architecture.Pools;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.architecture.Residual;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.architecture.Transformer;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;

/** Networks of each family that see the 8 × 8 digits. */
public final class Families {
  private static final List<Integer> IMAGE = List.of(8, 8);

  private Families() {}

  public static Architecture.Layered plain(Norm norm, Place place) {
    return new Plain(norm, place, 1, Parameterisation.PLAIN);
  }

  /** Two groups of channels. */
  public static Architecture.Layered convolutional(Parameterisation weights) {
    return new Convolutional(
        IMAGE, 3, Padding.ZERO, Groups.of(2), Readout.FLATTEN, Norm.NONE, Place.BEFORE, weights);
  }

  public static Architecture.Layered plain(Parameterisation weights) {
    return new Plain(Norm.NONE, Place.BEFORE, 1, weights);
  }

  public static Architecture.Layered convolutional(
      List<Integer> size, Padding padding, Groups groups, Readout readout, Norm norm) {
    return new Convolutional(
        size, 3, padding, groups, readout, norm, Place.BEFORE, Parameterisation.PLAIN);
  }

  public static Architecture.Layered convolutional(Norm norm) {
    return convolutional(IMAGE, Padding.ZERO, Groups.of(1), Readout.FLATTEN, norm);
  }

  /** Pools of two after every second layer, behind batch norm. */
  public static Architecture.Layered pooled(List<Integer> size, Pools.Kind kind) {
    return new Convolutional(
            size,
            3,
            Padding.ZERO,
            Groups.of(1),
            Readout.FLATTEN,
            Norm.BATCH,
            Place.BEFORE,
            Parameterisation.PLAIN)
        .pooled(new Pools(kind, 2, 2));
  }

  public static Architecture.Layered residual(Residual.Order order, Norm norm) {
    return new Residual(Residual.Image.NONE, order, ResidualScale.DEPTH, norm, false, false);
  }

  public static Architecture.Layered zeroGamma(Residual.Order order, Norm norm) {
    return new Residual(Residual.Image.NONE, order, ResidualScale.ONE, norm, true, false);
  }

  public static Architecture.Layered fixup() {
    return new Residual(
        Residual.Image.NONE, Residual.Order.PRE2, ResidualScale.ONE, Norm.NONE, false, true);
  }

  public static Architecture.Layered residualImage() {
    return new Residual(
        new Residual.Image(IMAGE, 3, Padding.CIRCULAR),
        Residual.Order.POST2,
        ResidualScale.ONE,
        Norm.BATCH,
        false,
        false);
  }

  public static Architecture.Layered densenet(Norm norm) {
    return new DenselyConnected(5, norm);
  }

  public static Architecture.Layered autoencoder() {
    return new Autoencoder(List.of(4, 2, 1, 2, 4));
  }

  /** 15 tokens of 4 numbers and what they have in common. */
  public static Architecture.Layered transformer(Transformer.Order norm) {
    return new Transformer(15, 2, norm, 2, ResidualScale.DEPTH, 0.3);
  }

  public static NetworkConfig network(
      Architecture architecture, String activation, int depth, int width, double sigmaW2) {
    return new NetworkConfig(
        architecture,
        Activations.parse(activation),
        depth,
        width,
        WeightLaw.NORMAL,
        sigmaW2,
        0.05,
        1);
  }
}
