package org.phasemap.spec.file;

import java.util.List;
import java.util.Map;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Series;
import org.phasemap.spec.yaml.Type;

/** Step sizes, or fractions of the critical one. */
record LearningRateType(Series<Double> rates, Field<List<Double>> critical)
    implements Type<List<LearningRate>> {
  @Override
  public String shape() {
    return "axis or section";
  }

  @Override
  public String allowed() {
    return rates.allowed() + ", or " + section().allowed();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("anyOf", List.of(rates.schema(), section().schema()));
  }

  @Override
  public List<LearningRate> read(Place place) {
    boolean isCritical =
        place.node() instanceof Node.Mapping mapping
            && mapping.entries().containsKey(critical.key());
    return isCritical
        ? section().read(place).read(critical).stream()
            .<LearningRate>map(LearningRate.Critical::new)
            .toList()
        : rates.read(place).stream().<LearningRate>map(LearningRate.Fixed::new).toList();
  }

  private Fields section() {
    return new Fields(List.of(critical));
  }
}
