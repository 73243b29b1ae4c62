package org.phasemap.quantity;

import static org.phasemap.quantity.Look.PLAIN;
import static org.phasemap.quantity.Theory.LIMIT;

/** How far the first step of an optimiser moves a layer, as a share of its weights. */
public enum StepQuantity implements Quantity {
  LN_SGD_STEP_MAX(
      Facts.at(3, 37, Probe.OPTIMISER, Domain.LN)
          .named(
              "ln largest SGD step",
              "ln max ‖ΔW‖/‖W‖",
              "largest of profile_ln_sgd_step: ln ‖ΔW_l‖/‖W_l‖ at learning rate 1, in the layer"
                  + " with most")
          .has(LIMIT)
          .looks(PLAIN)),
  LN_SGD_STEP_MIN(
      Facts.at(3, 38, Probe.OPTIMISER, Domain.LN)
          .named("ln smallest SGD step", "ln min ‖ΔW‖/‖W‖", "smallest of profile_ln_sgd_step")
          .has(LIMIT)),
  LN_ADAM_STEP_MAX(
      Facts.at(3, 39, Probe.OPTIMISER, Domain.LN)
          .named(
              "ln largest Adam step",
              "ln max ‖ΔW‖/‖W‖",
              "largest of profile_ln_adam_step: ln ‖ΔW_l‖/‖W_l‖ at learning rate 1, in the layer"
                  + " with most")
          .has(LIMIT)
          .looks(PLAIN)),
  LN_ADAM_STEP_MIN(
      Facts.at(3, 40, Probe.OPTIMISER, Domain.LN)
          .named(
              "ln smallest Adam step",
              "ln min ‖ΔW‖/‖W‖",
              "smallest of profile_ln_adam_step: small where gradients are below Adam's ε")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.LOWER));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  StepQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }
}
