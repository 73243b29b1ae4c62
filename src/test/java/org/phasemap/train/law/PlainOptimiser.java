package org.phasemap.train.law;

/** The updates of docs/spec.md, in its words; velocities and Adam's means start at 0. */
final class PlainOptimiser {
  private final Recipe recipe;
  private final double[] v;
  private final double[] square;
  private int steps;

  PlainOptimiser(Recipe recipe, int parameters) {
    this.recipe = recipe;
    v = new double[parameters];
    square = new double[parameters];
  }

  void update(double[] theta, double[] g, double eta) {
    steps++;
    double mu = recipe.trainingNumber("momentum", 0.9);
    double beta1 = recipe.trainingNumber("adam.beta1", 0.9);
    double beta2 = recipe.trainingNumber("adam.beta2", 0.999);
    double epsilon = recipe.trainingNumber("adam.epsilon", 1e-8);
    double seen1 = 1 - Math.pow(beta1, steps);
    double seen2 = 1 - Math.pow(beta2, steps);
    String optimiser = recipe.text("optimiser", "sgd");
    for (int i = 0; i < theta.length; i++) {
      switch (optimiser) {
        case "sgd" -> theta[i] -= eta * g[i];
        case "momentum" -> {
          v[i] = mu * v[i] + g[i];
          theta[i] -= eta * v[i];
        }
        case "nesterov" -> {
          v[i] = mu * v[i] + g[i];
          theta[i] -= eta * (g[i] + mu * v[i]);
        }
        case "adam" -> {
          v[i] = beta1 * v[i] + (1 - beta1) * g[i];
          square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
          theta[i] -= eta * (v[i] / seen1) / (Math.sqrt(square[i] / seen2) + epsilon);
        }
        default -> throw new IllegalArgumentException(optimiser);
      }
    }
  }
}
