package org.phasemap.train.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;

/**
 * How rounding grows while networks train, on the emulated device and on the CPU, beside training
 * in float64. Descent takes an error δ to (I − ηH) δ. Where all of ηH is below 2 errors shrink, and
 * a loss keeps those of the last steps, whatever their number. Beyond, they grow as an error of the
 * start does.
 */
class DeviceTrainingLawTest {
  /** Half the distance from 1 to the next float32: what a rounding of a number near 1 may be. */
  private static final double U = 0x1p-24;

  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  /**
   * A network beside float64.
   *
   * @param exact loss of each step
   * @param moved the same, all parameters moved by a rounding at first
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Trained(
      double[] exact, double[] moved, Measurement cpu, Measurement device, double[] steps) {
    /** Error of a loss in U. */
    double error(Measurement of, int point) {
      return Math.abs(of.profile(Profile.CURVE_LOSS)[point] - exact[step(point)]) / U;
    }

    /** What a rounding of the start had come to by then, at most. */
    double growth(int point) {
      double most = 0;
      for (int step = 0; step <= step(point); step++) {
        double difference = Math.abs(moved[step] - exact[step]) / U;
        most = difference <= most ? most : difference;
      }
      return most;
    }

    private int step(int point) {
      return (int) steps[point] - 1;
    }
  }

  private static List<Trained> train(String network, String training) {
    List<Unit> units = OnDevice.units(network, training);
    List<Measurement> cpu = OnDevice.cpu(units);
    List<Measurement> device = OnDevice.device(units);
    List<Trained> all = new ArrayList<>();
    try (Kernel kernel = new OpenBlas().open()) {
      for (Unit unit : units) {
        for (Cell cell : unit.cells()) {
          int number = all.size();
          all.add(
              new Trained(
                  Exact.losses(kernel, unit, cell.network(), 0),
                  Exact.losses(kernel, unit, cell.network(), U),
                  cpu.get(number),
                  device.get(number),
                  cpu.get(number).profile(Profile.CURVE_STEP)));
        }
      }
    }
    return all;
  }

  /** Rounding is the CPU's in size, and 64 steps have no more of it than 4. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimiser: sgd, learning_rate: 0.1",
        "optimiser: momentum, learning_rate: 0.02",
        "optimiser: nesterov, learning_rate: 0.02",
        "optimiser: adam, learning_rate: 0.01",
        "loss: mse, learning_rate: 0.1"
      })
  void roundingStaysWhereDescentIsStable(String training) {
    List<Trained> all =
        train(
            "activation: tanh, width: 12, depth: 3, sigma_w2: [1, 2, 3], sigma_b2: 0.05",
            training + ", batch_size: 16, steps: 64, replicates: 2");
    double device = 0;
    double cpu = 0;
    for (Trained each : all) {
      for (int point = 0; point < each.steps.length; point++) {
        // A rounding of a loss near 1 is U at most; some ten of them make a loss.
        assertThat(each.error(each.device, point)).isLessThan(5);
        device += Math.pow(each.error(each.device, point), 2);
        cpu += Math.pow(each.error(each.cpu, point), 2);
      }
    }
    // Means of some 80 squares each, of errors that are correlated from step to step.
    assertThat(device / cpu).isBetween(0.25, 4.0);
  }

  /**
   * A map far past stable rates. Errors follow what one rounding of the start comes to, and
   * verdicts may differ only where that is 200 times as much.
   */
  @Test
  void verdictsDifferOnlyWhereARoundingDecides() {
    List<Trained> map =
        train(
            "activation: tanh, width: 8, depth: [1, 3, 6], sigma_w2: [0.5, 1, 2, 4, 8]",
            "batch_size: 8, steps: 30, learning_rate: [0.03, 0.3, 3, 30],"
                + " accuracy_threshold: 0.7, replicates: 2");
    int decided = 0;
    int different = 0;
    for (Trained each : map) {
      int last = each.steps.length - 1;
      for (int point = 0; point <= last; point++) {
        // Roundings of all steps, where the start's alone is one.
        double bound = 100 * (1 + each.growth(point));
        if (bound * U < 1e-2) {
          assertThat(each.error(each.device, point)).isLessThan(bound);
        }
      }
      boolean same = each.device.category() == each.cpu.category();
      different += same ? 0 : 1;
      if (each.growth(last) < 200) {
        decided++;
        assertThat(each.device.category()).isEqualTo(each.cpu.category());
      }
    }
    assertThat(decided).isBetween(map.size() / 2, map.size() - 1);
    assertThat(different).isLessThanOrEqualTo((map.size() - decided) / 4);
  }
}
