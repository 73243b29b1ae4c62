package org.phasemap.cli.theory.check;

/** A quantity that a row's parameters determine. */
@FunctionalInterface
interface ReferenceQuantity {
  double of(ReferenceQuery query);
}
