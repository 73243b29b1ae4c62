package org.phasemap.quantity;

/** What training came to. */
public enum TrainedQuantity implements Quantity {
  TRAIN_LOSS(
      Facts.trained(1, 22, Domain.NUMBER)
          .named("final loss", "loss", "mean loss on the training set after the last step")
          .worse(Worse.HIGHER)),
  TRAIN_ACCURACY(
      Facts.trained(1, 23, Domain.SHARE)
          .named(
              "training accuracy",
              "P(right)",
              "share right on the training set after the last step")
          .worse(Worse.LOWER)),
  TEST_ACCURACY(
      Facts.trained(1, 24, Domain.SHARE)
          .named("test accuracy", "P(right)", "share right on the test set after the last step")
          .worse(Worse.LOWER)),
  STEPS_TAKEN(
      Facts.trained(4, 79, Domain.STEPS)
          .named("steps taken", "T", "updates made: fewer than steps if diverged or done")),
  STEPS_TO_THRESHOLD(
      Facts.trained(4, 80, Domain.STEPS)
          .named(
              "steps to the threshold",
              "T_threshold",
              "first step whose last ten minibatches together have accuracy_threshold right; null"
                  + " where there is none")
          .worse(Worse.HIGHER)),
  LEARNING_RATE_USED(
      Facts.trained(4, 81, Domain.NUMBER)
          .named("learning rate used", "η", "step size of this network")),
  LN_GRADIENT_NORM_START(
      Facts.trained(4, 82, Domain.LN)
          .named(
              "ln gradient norm at the start",
              "ln ‖g_0‖",
              "ln of the norm of the first minibatch's gradient over all parameters, before the"
                  + " first update")),
  LN_GRADIENT_NORM_END(
      Facts.trained(4, 83, Domain.LN)
          .named("ln gradient norm at the end", "ln ‖g_T‖", "the same after the last update")),
  NTK_DRIFT(
      Facts.trained(4, 84, Domain.NUMBER)
          .named(
              "drift of the NTK",
              "‖Θ_T − Θ_0‖/‖Θ_0‖",
              "‖Θ_T − Θ_0‖/‖Θ_0‖ of the tangent kernel of all outputs, standard parameterisation,"
                  + " on ntk_examples of the first minibatch; null where not asked for"));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  TrainedQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }
}
