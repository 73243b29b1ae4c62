package org.phasemap.quantity;

import org.jspecify.annotations.Nullable;

/** All that is known of a {@link Quantity}, said once where it is declared. */
final class Facts {
  /** λ_min has a value as long as rounding is expected to move it by no more than 2 %. */
  static final double ROUNDED = 0.02;

  final int place;
  final int since;
  final @Nullable Probe probe;
  final Domain domain;
  String label = "";
  String symbol = "";
  String meaning = "";
  Statistics statistics = Statistics.MEAN;
  Theory theory = Theory.NONE;
  Look look = Look.NONE;
  Worse worse = Worse.NEITHER;
  Tolerance tolerance;
  int fewestInputs = 1;
  int fewestOutputs = 1;

  private Facts(int since, int place, @Nullable Probe probe, Domain domain) {
    this.place = place;
    this.since = since;
    this.probe = probe;
    this.domain = domain;
    this.tolerance = domain.tolerance();
  }

  /** Of what a probe finds; averaged, without theory and on no map unless more is said. */
  static Facts at(int since, int place, Probe probe, Domain domain) {
    return new Facts(since, place, probe, domain);
  }

  /** Of trained networks. */
  static Facts trained(int since, int place, Domain domain) {
    return new Facts(since, place, null, domain);
  }

  /**
   * What it is called.
   *
   * @param label in a menu or on an axis
   * @param symbol in formulas
   * @param meaning with its formula
   */
  Facts named(String label, String symbol, String meaning) {
    this.label = label;
    this.symbol = symbol;
    this.meaning = meaning;
    return this;
  }

  Facts keeps(Statistics statistics) {
    this.statistics = statistics;
    return this;
  }

  Facts has(Theory theory) {
    this.theory = theory;
    return this;
  }

  Facts looks(Look look) {
    this.look = look;
    return this;
  }

  Facts worse(Worse worse) {
    this.worse = worse;
    return this;
  }

  /** Two means that lie no further apart than this say the same; else the domain decides. */
  Facts tolerates(double absolute) {
    tolerance = new Tolerance(absolute, 0);
    return this;
  }

  /** Measured of so many inputs or more, and outputs. */
  Facts needs(int inputs, int outputs) {
    fewestInputs = inputs;
    fewestOutputs = outputs;
    return this;
  }
}
