package org.phasemap.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;

/** Reads what is trained, and how. */
final class Trainings {
  private Trainings() {}

  /**
   * Reads the section.
   *
   * @param main the grid whose axes are taken over
   * @param data reads data sets
   */
  static Training read(Section section, NetworkAxes main, DataFields data) {
    Section network = section.find(Format.TRAINING_NETWORK);
    Training training =
        new Training(
            data.data(section.read(Format.DATA)),
            network == null ? main : Grid.read(network, main),
            section.read(Format.TRAINING_REPLICATES),
            optimisers(section),
            section.read(TrainingFormat.LEARNING_RATE),
            section.read(TrainingFormat.BATCH_SIZE),
            section.read(TrainingFormat.ENGINE),
            section.read(TrainingFormat.LOSS),
            section.read(TrainingFormat.STEPS),
            section.read(TrainingFormat.BIASES),
            section.read(TrainingFormat.READOUT_SCALE),
            stop(section.find(TrainingFormat.STOP)),
            section.read(TrainingFormat.ACCURACY_THRESHOLD),
            section.read(TrainingFormat.NTK_EXAMPLES),
            section.read(TrainingFormat.NTK_DRIFT));
    checkBiases(section, training);
    checkEngine(section, training);
    return training;
  }

  private static List<Optimiser> optimisers(Section section) {
    double mu = section.read(TrainingFormat.MOMENTUM);
    Section adam = section.read(TrainingFormat.ADAM);
    Optimiser.Adam constants =
        new Optimiser.Adam(
            adam.read(TrainingFormat.BETA1),
            adam.read(TrainingFormat.BETA2),
            adam.read(TrainingFormat.EPSILON));
    return section.read(TrainingFormat.OPTIMISER).stream()
        .<Optimiser>map(
            name ->
                switch (name) {
                  case SGD -> new Optimiser.Sgd();
                  case MOMENTUM -> new Optimiser.Momentum(mu);
                  case NESTEROV -> new Optimiser.Nesterov(mu);
                  case ADAM -> constants;
                })
        .toList();
  }

  private static @Nullable EarlyStop stop(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    Double loss = section.find(TrainingFormat.STOP_LOSS);
    Double accuracy = section.find(TrainingFormat.STOP_ACCURACY);
    if (loss == null && accuracy == null) {
      Place place = section.place();
      throw place.wrong(
          place.node().shown() + " has no loss or accuracy; allowed: one of them or both");
    }
    return new EarlyStop(loss, accuracy, section.read(TrainingFormat.STOP_STEPS));
  }

  private static void checkBiases(Section section, Training training) {
    for (double sigmaB2 : training.network().sigmaB2()) {
      if (!training.biases() && sigmaB2 > 0) {
        throw section
            .at(TrainingFormat.BIASES)
            .wrong(
                String.format(
                    "false is not allowed with sigma_b2 %s; allowed: true, or sigma_b2 0",
                    Decimals.text(sigmaB2)));
      }
    }
  }

  private static void checkEngine(Section section, Training training) {
    Engine engine = training.engine();
    Place place = section.at(TrainingFormat.ENGINE);
    for (Optimiser optimiser : training.optimiser()) {
      if (!engine.has(optimiser)) {
        throw place.wrong(
            "deeplearning4j is not allowed with optimiser momentum; allowed: kernel, or optimiser"
                + " sgd, nesterov, adam");
      }
    }
    for (Activation activation : training.network().activation()) {
      if (!engine.has(activation)) {
        throw place.wrong(
            String.format(
                "deeplearning4j is not allowed with activation %s; allowed: kernel, or activation"
                    + " %s",
                activation, String.join(", ", engine.activations())));
      }
    }
  }
}
