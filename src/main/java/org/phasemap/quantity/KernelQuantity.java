package org.phasemap.quantity;

import static org.phasemap.quantity.Look.GAIN;
import static org.phasemap.quantity.Look.PLAIN;
import static org.phasemap.quantity.Look.SHARE;
import static org.phasemap.quantity.Statistics.QUANTILES;
import static org.phasemap.quantity.Theory.BAND;
import static org.phasemap.quantity.Theory.LIMIT;

/** The tangent kernel Θ of m inputs, and curvatures, which are made of it. */
public enum KernelQuantity implements Quantity {
  LN_NTK_SCALE(
      Facts.at(1, 7, Probe.NTK, Domain.LN)
          .named("ln NTK scale", "ln tr Θ/m", "ln(tr Θ/m), NTK parameterisation, scalar read-out")
          .keeps(QUANTILES)
          .has(BAND)
          .looks(GAIN)),
  NTK_OFF_RATIO(
      Facts.at(1, 8, Probe.NTK, Domain.NUMBER)
          .named(
              "NTK off-diagonal ratio",
              "Θ_ab/Θ_aa",
              "mean off-diagonal of Θ over its mean diagonal")
          .keeps(QUANTILES)
          .has(LIMIT)
          .looks(SHARE)
          .needs(2, 1)
          .worse(Worse.HIGHER)),
  LN_NTK_LAMBDA_MAX(
      Facts.at(1, 9, Probe.NTK, Domain.LN)
          .named("ln λ_max of the NTK", "ln λ_max", "ln of the largest eigenvalue of Θ")
          .has(LIMIT)
          .looks(PLAIN)),
  LN_NTK_LAMBDA_MIN(
      Facts.at(1, 10, Probe.NTK, Domain.LN)
          .tolerates(Facts.ROUNDED)
          .named(
              "ln λ_min of the NTK",
              "ln λ_min",
              "ln of the smallest eigenvalue of Θ; null where rounding may have made it")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.LOWER)),
  LN_NTK_CONDITION(
      Facts.at(1, 11, Probe.NTK, Domain.LN)
          .tolerates(Facts.ROUNDED)
          .named(
              "ln NTK condition number",
              "ln λ_max/λ_min",
              "ln λ_max/λ_min of Θ; null where λ_min is")
          .keeps(QUANTILES)
          .has(LIMIT)
          .looks(PLAIN)
          .needs(2, 1)
          .worse(Worse.HIGHER)),
  LN_NTK_STANDARD_SCALE(
      Facts.at(1, 12, Probe.NTK, Domain.LN)
          .named("ln NTK scale (standard)", "ln tr Θ/m", "ln(tr Θ/m), standard parameterisation")
          .keeps(QUANTILES)
          .has(BAND)
          .looks(PLAIN)),
  LN_NTK_STANDARD_LAMBDA_MAX(
      Facts.at(1, 13, Probe.NTK, Domain.LN)
          .named(
              "ln λ_max of the NTK (standard)",
              "ln λ_max",
              "as ln_ntk_lambda_max, standard parameterisation")
          .keeps(Statistics.NONE)),
  LN_NTK_STANDARD_LAMBDA_MIN(
      Facts.at(1, 14, Probe.NTK, Domain.LN)
          .tolerates(Facts.ROUNDED)
          .named(
              "ln λ_min of the NTK (standard)",
              "ln λ_min",
              "as ln_ntk_lambda_min, standard parameterisation")
          .keeps(Statistics.NONE)
          .worse(Worse.LOWER)),
  NTK_EFFECTIVE_RANK(
      Facts.at(3, 32, Probe.NTK, Domain.NUMBER)
          .named(
              "effective rank of the NTK",
              "exp H(λ)",
              "exp(−Σ p_i ln p_i), p_i = λ_i/tr Θ, of the eigenvalues of Θ: from 1 to m")
          .has(LIMIT)
          .looks(PLAIN)
          .needs(2, 1)
          .worse(Worse.LOWER)),
  LN_NTK_CRITICAL_LEARNING_RATE(
      Facts.at(3, 33, Probe.NTK, Domain.LN)
          .named(
              "ln critical learning rate (NTK)",
              "ln 2/λ_max",
              "ln 2/λ_max: the largest stable learning rate of full-batch gradient descent on half"
                  + " the summed squared error (on its mean m times as large), NTK"
                  + " parameterisation")
          .has(LIMIT)
          .worse(Worse.LOWER)),
  LN_NTK_STANDARD_CRITICAL_LEARNING_RATE(
      Facts.at(3, 34, Probe.NTK, Domain.LN)
          .named(
              "ln critical learning rate",
              "ln 2/λ_max",
              "ln 2/λ_max of Θ, standard parameterisation: as ln_ntk_critical_learning_rate, of SGD"
                  + " on the weights")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.LOWER)),
  LN_CURVATURE_LAMBDA_MAX(
      Facts.at(4, 68, Probe.CURVATURE, Domain.LN)
          .named(
              "ln Gauss–Newton λ_max",
              "ln λ_max(G)",
              "ln of the largest eigenvalue of the Gauss–Newton matrix of half the mean squared"
                  + " error: λ_max/m of Θ of all outputs, standard parameterisation")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.HIGHER)),
  LN_CURVATURE_TRACE(
      Facts.at(4, 69, Probe.CURVATURE, Domain.LN)
          .named("ln Gauss–Newton trace", "ln tr G", "ln of its trace: ln(tr Θ/m)")
          .has(BAND)),
  LN_NTK_OUTPUTS_SCALE(
      Facts.at(4, 71, Probe.NTK, Domain.LN)
          .named(
              "ln NTK scale (all outputs)",
              "ln tr Θ/(km)",
              "ln(tr Θ/(km)) of the km × km kernel of all outputs, NTK parameterisation")
          .has(BAND)
          .needs(1, 2)),
  LN_NTK_OUTPUTS_LAMBDA_MAX(
      Facts.at(4, 72, Probe.NTK, Domain.LN)
          .named("ln λ_max of the NTK (all outputs)", "ln λ_max", "ln of its largest eigenvalue")
          .has(LIMIT)
          .needs(1, 2)),
  LN_NTK_OUTPUTS_LAMBDA_MIN(
      Facts.at(4, 73, Probe.NTK, Domain.LN)
          .tolerates(Facts.ROUNDED)
          .named(
              "ln λ_min of the NTK (all outputs)",
              "ln λ_min",
              "ln of the smallest; null where rounding may have made it")
          .has(LIMIT)
          .needs(1, 2)
          .worse(Worse.LOWER)),
  LN_NTK_OUTPUTS_CONDITION(
      Facts.at(4, 74, Probe.NTK, Domain.LN)
          .tolerates(Facts.ROUNDED)
          .named(
              "ln NTK condition number (all outputs)",
              "ln λ_max/λ_min",
              "ln λ_max/λ_min; null where λ_min is")
          .has(LIMIT)
          .needs(1, 2)
          .worse(Worse.HIGHER)),
  NTK_OUTPUTS_EFFECTIVE_RANK(
      Facts.at(4, 75, Probe.NTK, Domain.NUMBER)
          .named(
              "effective rank of the NTK (all outputs)",
              "exp H(λ)",
              "as ntk_effective_rank, of all outputs: from 1 to km")
          .has(LIMIT)
          .needs(1, 2)
          .worse(Worse.LOWER)),
  LN_CROSS_ENTROPY_LAMBDA_MAX(
      Facts.at(4, 76, Probe.CURVATURE, Domain.LN)
          .named(
              "ln Gauss–Newton λ_max (cross-entropy)",
              "ln λ_max(G)",
              "ln of the largest eigenvalue of the Gauss–Newton matrix of the mean softmax"
                  + " cross-entropy over k outputs, standard parameterisation")
          .needs(1, 2)
          .worse(Worse.HIGHER)),
  LN_CROSS_ENTROPY_TRACE(
      Facts.at(4, 77, Probe.CURVATURE, Domain.LN)
          .named("ln Gauss–Newton trace (cross-entropy)", "ln tr G", "ln of its trace")
          .needs(1, 2));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  KernelQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }
}
