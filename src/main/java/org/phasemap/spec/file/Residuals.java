package org.phasemap.spec.file;

import java.util.List;
import java.util.stream.Collectors;
import org.phasemap.data.DataSource;
import org.phasemap.network.Architecture;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Training;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Section;

/** Refuses equations, losses and data that do not go together in training. */
final class Residuals {
  private Residuals() {}

  /** Refuses what does not go with a network that is to solve an equation, or with any other. */
  static void check(Section section, Training training) {
    Loss loss = training.procedure().loss();
    boolean isResidual = loss.needsDerivatives();
    for (Architecture architecture : architectures(training)) {
      boolean solves =
          architecture instanceof Architecture.Layered layered && layered.equation().isPresent();
      if (solves != isResidual) {
        String others = Loss.ofOutputs().stream().map(Loss::id).collect(Collectors.joining(", "));
        throw wrong(
            section,
            TrainingFormat.LOSS,
            "loss %s is not allowed with network.architecture %s; allowed: %s"
                .formatted(
                    loss.id(),
                    architecture,
                    solves ? "residual" : others + ", or architecture pinn"));
      }
    }
    boolean isCollocation = training.data() instanceof DataSource.Collocation;
    if (isCollocation != isResidual) {
      throw wrong(
          section,
          SpecFormat.DATA,
          "data %s are not allowed with loss %s; allowed: %s"
              .formatted(
                  training.data().name(),
                  loss.id(),
                  isResidual ? "kind collocation" : "other kinds, or loss residual"));
    }
    if (isResidual) {
      checkProcedure(section, training);
    }
  }

  private static List<Architecture> architectures(Training training) {
    List<Architecture> given = training.network().values(Axis.ARCHITECTURE);
    return given.isEmpty() ? List.of(Architecture.MLP) : given;
  }

  private static void checkProcedure(Section section, Training training) {
    if (training.procedure().engine() != Engine.KERNEL) {
      throw wrong(
          section,
          TrainingFormat.ENGINE,
          "%s is not allowed with loss residual; allowed: kernel"
              .formatted(training.procedure().engine().id()));
    }
    if (training.procedure().findings().ntkDrift()) {
      throw wrong(
          section,
          TrainingFormat.NTK_DRIFT,
          "true is not allowed with loss residual; allowed: false");
    }
    for (LearningRate rate : training.axes().learningRate()) {
      if (rate instanceof LearningRate.Critical) {
        throw wrong(
            section,
            TrainingFormat.LEARNING_RATE,
            "critical is not allowed with loss residual, whose tangent kernel is not measured;"
                + " allowed: numbers");
      }
    }
  }

  private static UserException wrong(Section section, Field<?> field, String problem) {
    return section.at(field).wrong(problem);
  }
}
