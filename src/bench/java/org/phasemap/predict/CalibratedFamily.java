package org.phasemap.predict;

import java.util.List;
import java.util.Random;
import org.phasemap.network.Architecture;
import org.phasemap.network.architecture.Autoencoder;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.DenselyConnected;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Plain;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.architecture.Residual;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.architecture.Transformer;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;

/** Families of networks whose bands are held against measurement, with random parameters. */
enum CalibratedFamily {
  MLP {
    @Override
    Architecture of(Random random) {
      return Architecture.MLP;
    }
  },
  WEIGHT_NORM {
    @Override
    Architecture of(Random random) {
      return new Plain(Norm.NONE, Place.BEFORE, 1, Parameterisation.WEIGHT_NORM);
    }
  },
  LAYER_NORM {
    @Override
    Architecture of(Random random) {
      return plain(random, Norm.LAYER);
    }
  },
  RMS_NORM {
    @Override
    Architecture of(Random random) {
      return plain(random, Norm.RMS);
    }
  },
  BATCH_NORM {
    @Override
    Architecture of(Random random) {
      return plain(random, Norm.BATCH);
    }
  },
  CONVOLUTION {
    @Override
    Architecture of(Random random) {
      return convolutional(random, Groups.of(1), Norm.NONE);
    }
  },
  CONVOLUTION_GROUPS {
    @Override
    Architecture of(Random random) {
      Groups groups = pick(random, Groups.of(2), Groups.of(4), Groups.SEPARABLE, Groups.DEPTHWISE);
      return convolutional(random, groups, Norm.NONE);
    }
  },
  CONVOLUTION_NORM {
    @Override
    Architecture of(Random random) {
      return convolutional(random, Groups.of(1), pick(random, Norm.LAYER, Norm.RMS));
    }
  },
  RESIDUAL {
    @Override
    Architecture of(Random random) {
      return residual(random, Residual.Image.NONE, Norm.NONE);
    }
  },
  RESIDUAL_NORM {
    @Override
    Architecture of(Random random) {
      return residual(random, Residual.Image.NONE, pick(random, Norm.LAYER, Norm.RMS, Norm.BATCH));
    }
  },
  RESIDUAL_CONVOLUTION {
    @Override
    Architecture of(Random random) {
      Residual.Image image =
          new Residual.Image(size(random), pick(random, 1, 2, 3), pick(random, Padding.values()));
      return residual(random, image, pick(random, Norm.NONE, Norm.NONE, Norm.LAYER));
    }
  },
  DENSENET {
    @Override
    Architecture of(Random random) {
      return new DenselyConnected(
          pick(random, 12, 32, 64, 128), pick(random, Norm.NONE, Norm.NONE, Norm.LAYER));
    }
  },
  AUTOENCODER {
    @Override
    Architecture of(Random random) {
      return new Autoencoder(
          pick(
              random,
              List.of(4, 2, 1, 2, 4),
              List.of(4, 3, 4),
              List.of(1, 2, 1),
              List.of(8, 4, 3, 4, 8)),
          pick(random, Parameterisation.PLAIN, Parameterisation.WEIGHT_NORM));
    }
  },
  TRANSFORMER {
    @Override
    Architecture of(Random random) {
      return new Transformer(
          pick(random, 1, 2, 4),
          pick(random, 1, 2, 4),
          pick(random, Transformer.Order.values()),
          pick(random, 1, 2),
          pick(random, ResidualScale.values()),
          pick(random, 0.0, 0.5));
    }
  };

  /** One of the family. */
  abstract Architecture of(Random random);

  /** Components that an input may have: any number of channels, or of components of a token. */
  int dimension(Random random, Architecture architecture) {
    int channels = pick(random, 3, 8, 32, 96);
    if (architecture instanceof Convolutional convolutional) {
      return positions(convolutional.size()) * channels;
    }
    if (architecture instanceof Residual residual && !residual.image().size().isEmpty()) {
      return positions(residual.image().size()) * channels;
    }
    if (architecture instanceof Transformer transformer) {
      return transformer.tokens() * channels;
    }
    return pick(random, 8, 32, 64, 256);
  }

  private static int positions(List<Integer> size) {
    return size.stream().reduce(1, (a, b) -> a * b);
  }

  private static Plain plain(Random random, Norm norm) {
    double gamma = pick(random, 1.0, 1.0, 0.5, 2.0);
    return new Plain(norm, pick(random, Place.values()), gamma, Parameterisation.PLAIN);
  }

  private static Convolutional convolutional(Random random, Groups groups, Norm norm) {
    return new Convolutional(
        size(random),
        pick(random, 1, 2, 3, 3),
        pick(random, Padding.values()),
        groups,
        pick(random, Readout.values()),
        norm,
        pick(random, Place.values()),
        pick(random, Parameterisation.PLAIN, Parameterisation.PLAIN, Parameterisation.WEIGHT_NORM));
  }

  private static Residual residual(Random random, Residual.Image image, Norm norm) {
    boolean zeroGamma = random.nextInt(8) == 0;
    boolean fixup = !zeroGamma && random.nextInt(8) == 0;
    return new Residual(
        image,
        pick(random, Residual.Order.values()),
        pick(random, ResidualScale.values()),
        norm,
        zeroGamma,
        fixup);
  }

  private static List<Integer> size(Random random) {
    return pick(random, List.of(3), List.of(4), List.of(8), List.of(4, 4), List.of(8, 8));
  }

  @SafeVarargs
  static <T> T pick(Random random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
