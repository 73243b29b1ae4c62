package org.phasemap.predict;

import java.util.List;
import java.util.Random;
import org.phasemap.data.DataSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
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
import org.phasemap.network.graph.Taps;
import org.phasemap.spec.Inputs;

/** Networks of every family with random parameters. */
enum RandomArchitectures {
  PLAIN {
    @Override
    Architecture of(Random random) {
      Parameterisation weights = pick(random, Parameterisation.values());
      return new Plain(
          pick(random, Norm.NONE, Norm.LAYER, Norm.RMS), pick(random, Place.values()), 1, weights);
    }
  },
  BATCH_NORM {
    @Override
    Architecture of(Random random) {
      return new Plain(Norm.BATCH, Place.BEFORE, 1, Parameterisation.PLAIN);
    }
  },
  CONVOLUTIONAL {
    @Override
    Architecture of(Random random) {
      return new Convolutional(
          pick(random, List.of(6), List.of(4, 4)),
          pick(random, 2, 3),
          pick(random, Padding.values()),
          pick(random, Groups.of(1), Groups.of(2), Groups.SEPARABLE),
          pick(random, Readout.values()),
          pick(random, Norm.NONE, Norm.NONE, Norm.LAYER, Norm.RMS),
          pick(random, Place.values()),
          pick(random, Parameterisation.PLAIN, Parameterisation.WEIGHT_NORM));
    }
  },
  RESIDUAL {
    @Override
    Architecture of(Random random) {
      Norm norm = pick(random, Norm.NONE, Norm.LAYER, Norm.RMS);
      return residual(random, Residual.Image.NONE, norm);
    }
  },
  RESIDUAL_BATCH_NORM {
    @Override
    Architecture of(Random random) {
      return new Residual(
          Residual.Image.NONE,
          pick(random, Residual.Order.PRE1, Residual.Order.PRE2, Residual.Order.POST2),
          pick(random, ResidualScale.values()),
          Norm.BATCH,
          false,
          false);
    }
  },
  RESIDUAL_CONVOLUTIONAL {
    @Override
    Architecture of(Random random) {
      Residual.Image image =
          new Residual.Image(
              pick(random, List.of(6), List.of(4, 4)), 3, pick(random, Padding.values()));
      return residual(random, image, pick(random, Norm.NONE, Norm.LAYER));
    }
  },
  DENSENET {
    @Override
    Architecture of(Random random) {
      return new DenselyConnected(
          pick(random, 32, 64, 128), pick(random, Norm.NONE, Norm.BATCH, Norm.LAYER));
    }
  },
  TRANSFORMER {
    @Override
    Architecture of(Random random) {
      return new Transformer(
          pick(random, 4, 6),
          pick(random, 8, 16),
          pick(random, Transformer.Order.values()),
          pick(random, 1, 2),
          pick(random, ResidualScale.values()),
          pick(random, 0.0, 0.3, 0.8));
    }
  },
  AUTOENCODER {
    @Override
    Architecture of(Random random) {
      return new Autoencoder(pick(random, List.of(4, 2, 1, 2, 4), List.of(2, 1, 2)));
    }
  },
  BATCH_NORM_AFTER {
    @Override
    Architecture of(Random random) {
      return new Plain(Norm.BATCH, Place.AFTER, 1, Parameterisation.PLAIN);
    }
  },
  /** Convolutions of digits, whose numbers are what they are. */
  DIGITS {
    @Override
    Architecture of(Random random) {
      return new Convolutional(
          List.of(8, 8),
          pick(random, 2, 3),
          pick(random, Padding.values()),
          Groups.of(1),
          pick(random, Readout.values()),
          pick(random, Norm.NONE, Norm.NONE, Norm.LAYER),
          Place.BEFORE,
          Parameterisation.PLAIN);
    }

    @Override
    Inputs shown(Random random) {
      return new Inputs(new Inputs.Chosen(new DataSource.Bundled(), random.nextInt(9)), 3, 64, 1);
    }
  },
  /** Layers that make the image larger or smaller. */
  STRIDED {
    @Override
    Architecture of(Random random) {
      boolean isTransposed = random.nextBoolean();
      return new Convolutional(
          isTransposed ? List.of(4) : List.of(96),
          new Taps(3, 2, pick(random, Padding.ZERO, Padding.CIRCULAR), isTransposed),
          Groups.of(1),
          pick(random, Readout.values()),
          pick(random, Norm.NONE, Norm.LAYER),
          pick(random, Place.values()),
          Parameterisation.PLAIN);
    }
  },
  /** Two convolutions and a pool. */
  POOLED {
    @Override
    Architecture of(Random random) {
      return new Convolutional(
              pick(random, List.of(16), List.of(8, 8)),
              2,
              pick(random, Padding.values()),
              pick(random, Groups.of(1), Groups.of(2), Groups.SEPARABLE),
              pick(random, Readout.values()),
              pick(random, Norm.NONE, Norm.NONE, Norm.LAYER),
              Place.BEFORE,
              Parameterisation.PLAIN)
          .pooled(new Pools(pick(random, Pools.Kind.AVERAGE, Pools.Kind.MAX), 2, 2));
    }
  },
  /** Attention over the rows of digits. */
  GIVEN_TOKENS {
    @Override
    Architecture of(Random random) {
      return new Transformer(
          pick(random, 4, 8),
          8,
          pick(random, Transformer.Order.values()),
          1,
          pick(random, ResidualScale.values()),
          0);
    }

    @Override
    Inputs shown(Random random) {
      return new Inputs(new Inputs.Chosen(new DataSource.Bundled(), random.nextInt(9)), 2, 64, 1);
    }
  },
  /** Statistics over inputs and positions. */
  CONVOLUTIONAL_BATCH_NORM {
    @Override
    Architecture of(Random random) {
      return new Convolutional(
          pick(random, List.of(6), List.of(4, 4)),
          pick(random, 2, 3),
          pick(random, Padding.values()),
          pick(random, Groups.of(1), Groups.of(2), Groups.SEPARABLE),
          pick(random, Readout.values()),
          Norm.BATCH,
          Place.BEFORE,
          Parameterisation.PLAIN);
    }
  },
  RESIDUAL_CONVOLUTIONAL_BATCH_NORM {
    @Override
    Architecture of(Random random) {
      Residual.Image image =
          new Residual.Image(
              pick(random, List.of(6), List.of(4, 4)), 3, pick(random, Padding.values()));
      return new Residual(
          image,
          pick(random, Residual.Order.PRE1, Residual.Order.PRE2, Residual.Order.POST2),
          pick(random, ResidualScale.values()),
          Norm.BATCH,
          false,
          false);
    }
  },
  /** Batch norm of digits, of which no two are alike. */
  DIGITS_BATCH_NORM {
    @Override
    Architecture of(Random random) {
      Residual.Order order =
          pick(random, Residual.Order.PRE1, Residual.Order.PRE2, Residual.Order.POST2);
      return random.nextBoolean()
          ? new Plain(Norm.BATCH, Place.BEFORE, 1, Parameterisation.PLAIN)
          : new Residual(Residual.Image.NONE, order, ResidualScale.ONE, Norm.BATCH, false, false);
    }

    @Override
    Inputs shown(Random random) {
      return new Inputs(new Inputs.Chosen(new DataSource.Bundled(), random.nextInt(9)), 12, 64, 1);
    }
  },
  /** The same over positions, which a read-out or pools average. */
  DIGITS_CONVOLUTIONAL_BATCH_NORM {
    @Override
    Architecture of(Random random) {
      Pools pools = new Pools(pick(random, Pools.Kind.NONE, Pools.Kind.AVERAGE), 2, 2);
      return new Convolutional(
              List.of(4, 4),
              3,
              pick(random, Padding.values()),
              Groups.of(1),
              pick(random, Readout.values()),
              Norm.BATCH,
              Place.BEFORE,
              Parameterisation.PLAIN)
          .pooled(pools);
    }

    @Override
    Inputs shown(Random random) {
      return new Inputs(new Inputs.Chosen(new DataSource.Bundled(), random.nextInt(9)), 8, 64, 1);
    }
  };

  /** One of the family. */
  abstract Architecture of(Random random);

  /** Numbers of an input that the family takes, with many for each channel or token. */
  int dimension() {
    return switch (this) {
      case CONVOLUTIONAL,
          RESIDUAL_CONVOLUTIONAL,
          CONVOLUTIONAL_BATCH_NORM,
          RESIDUAL_CONVOLUTIONAL_BATCH_NORM,
          STRIDED,
          POOLED ->
          96 * 16;
      case TRANSFORMER -> 128 * 5 * 7;
      default -> 64;
    };
  }

  /**
   * How many networks tell a mean, and how wide they are, in units of the others'. Images of few
   * numbers make single networks differ more: eight of them do not know their own spread.
   */
  int networks() {
    return this == DIGITS || this == GIVEN_TOKENS ? 3 : 1;
  }

  double width() {
    return hasBatchNorm() ? 3 : this == DIGITS ? 0.5 : 1;
  }

  /** What its networks are shown. */
  Inputs shown(Random random) {
    return new Inputs(inputs(), dimension(), 1, 0.8 * random.nextDouble());
  }

  /** How many inputs; of a batch, enough for gradients without heavy tails. */
  int inputs() {
    return hasBatchNorm() && !hasPositions() ? 12 : 6;
  }

  /** Whether some of the family's networks have batch norm. */
  boolean hasBatchNorm() {
    return this == BATCH_NORM
        || this == BATCH_NORM_AFTER
        || this == RESIDUAL_BATCH_NORM
        || this == DENSENET
        || this == DIGITS_BATCH_NORM
        || hasPositions();
  }

  private boolean hasPositions() {
    return this == CONVOLUTIONAL_BATCH_NORM
        || this == RESIDUAL_CONVOLUTIONAL_BATCH_NORM
        || this == DIGITS_CONVOLUTIONAL_BATCH_NORM;
  }

  /** A smooth or a kinked one; of statistics over positions, most often one that has a theory. */
  Activation activation(Random random) {
    return hasPositions() || this == DIGITS_BATCH_NORM
        ? pick(random, Activations.RELU, Activations.ABS, Activations.TANH)
        : pick(random, Activations.TANH, Activations.RELU, Activations.GELU, Activations.ELU);
  }

  private static Residual residual(Random random, Residual.Image image, Norm norm) {
    Residual.Order[] orders = {
      Residual.Order.PRE1, Residual.Order.PRE2, Residual.Order.POST1, Residual.Order.POST2
    };
    return new Residual(
        image, pick(random, orders), pick(random, ResidualScale.values()), norm, false, false);
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
