package org.phasemap.spec.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Engine;
import org.phasemap.spec.Loss;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Procedure;
import org.phasemap.spec.Training;
import org.phasemap.spec.yaml.Decimals;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;

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
    Section network = section.find(SpecFormat.TRAINING_NETWORK);
    Training training =
        new Training(
            data.data(section.read(SpecFormat.DATA)),
            network == null ? main : Grids.read(network, main),
            section.read(SpecFormat.TRAINING_REPLICATES),
            new Training.Axes(
                optimisers(section),
                section.read(TrainingFormat.LEARNING_RATE),
                section.read(TrainingFormat.BATCH_SIZE)),
            procedure(section));
    Residuals.check(section, training);
    if (Architectures.areLayered(training.network())) {
      data.dimension(training.data())
          .ifPresent(
              dimension ->
                  Architectures.checkTrained(section, network, training.network(), dimension));
    }
    checkBiases(section, training);
    checkEngine(section, training);
    return training;
  }

  private static Procedure procedure(Section section) {
    Engine engine = section.read(TrainingFormat.ENGINE);
    Loss loss = section.read(TrainingFormat.LOSS);
    int steps = section.read(TrainingFormat.STEPS);
    Procedure.Layers layers =
        new Procedure.Layers(
            section.read(TrainingFormat.BIASES), section.read(TrainingFormat.READOUT_SCALE));
    Procedure.Ending ending = new Procedure.Ending(steps, stop(section.find(TrainingFormat.STOP)));
    Procedure.Findings findings =
        new Procedure.Findings(
            section.read(TrainingFormat.ACCURACY_THRESHOLD),
            section.read(TrainingFormat.NTK_EXAMPLES),
            section.read(TrainingFormat.NTK_DRIFT));
    return new Procedure(engine, loss, layers, ending, findings);
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
    for (double sigmaB2 : training.network().values(Axis.SIGMA_B2)) {
      if (!training.procedure().layers().biases() && sigmaB2 > 0) {
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
    Engine engine = training.procedure().engine();
    Place place = section.at(TrainingFormat.ENGINE);
    for (Optimiser optimiser : training.axes().optimiser()) {
      if (!engine.has(optimiser)) {
        throw place.wrong(
            "deeplearning4j is not allowed with optimiser momentum; allowed: kernel, or optimiser"
                + " sgd, nesterov, adam");
      }
    }
    for (Activation activation : training.network().values(Axis.ACTIVATION)) {
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
