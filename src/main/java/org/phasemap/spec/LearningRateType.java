package org.phasemap.spec;

import java.util.List;

/** Step sizes, or fractions of the critical one. */
record LearningRateType(Axis<Double> rates, Type.Fields section)
    implements Type<List<LearningRate>> {
  @Override
  public String shape() {
    return "axis or section";
  }

  @Override
  public String allowed() {
    return rates.allowed() + ", or " + section.allowed();
  }

  @Override
  public List<LearningRate> read(Place place) {
    boolean critical =
        place.node() instanceof Node.Mapping mapping
            && mapping.entries().containsKey(TrainingFormat.CRITICAL.key());
    return critical
        ? section.read(place).read(TrainingFormat.CRITICAL).stream()
            .<LearningRate>map(LearningRate.Critical::new)
            .toList()
        : rates.read(place).stream().<LearningRate>map(LearningRate.Fixed::new).toList();
  }
}
