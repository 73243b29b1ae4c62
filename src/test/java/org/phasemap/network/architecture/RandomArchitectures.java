package org.phasemap.network.architecture;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.phasemap.network.Architecture;

/** Architectures of every family with any values of their parameters. */
public final class RandomArchitectures {
  private final Random random;

  private RandomArchitectures(Random random) {
    this.random = random;
  }

  /** One of a family. */
  public static Architecture of(Family family, Random random) {
    RandomArchitectures architectures = new RandomArchitectures(random);
    Choices choices = Choices.NONE;
    for (Parameter<?> parameter : family.parameters()) {
      if (random.nextInt(3) > 0) {
        choices = architectures.with(choices, parameter);
      }
    }
    return family.make().apply(choices);
  }

  private <T> Choices with(Choices choices, Parameter<T> parameter) {
    return choices.parsed(parameter, text(parameter.type()));
  }

  private String text(ParameterType<?> type) {
    if (type instanceof ParameterType.Name<?> name) {
      return one(name);
    } else if (type instanceof ParameterType.Whole whole) {
      return Integer.toString(whole(whole));
    } else if (type instanceof ParameterType.Real real) {
      double number = real.from() + (real.to() - real.from()) * random.nextDouble();
      return Double.toString(random.nextBoolean() ? number : Math.rint(number));
    } else if (type instanceof ParameterType.Truth) {
      return Boolean.toString(random.nextBoolean());
    } else if (type instanceof ParameterType.Wholes wholes) {
      int count = 1 + random.nextInt(Math.min(6, wholes.most()));
      return String.join(
          "x", IntStream.range(0, count).mapToObj(i -> "" + whole(wholes.each())).toList());
    } else if (type instanceof ParameterType.Grouping grouping) {
      return random.nextBoolean() ? one(grouping.names()) : "" + whole(grouping.numbers());
    }
    throw new IllegalArgumentException(type.toString());
  }

  private int whole(ParameterType.Whole type) {
    return type.from() + random.nextInt(type.to() - type.from() + 1);
  }

  private <T> String one(ParameterType.Name<T> name) {
    List<T> all = name.all();
    return name.written(all.get(random.nextInt(all.size())));
  }
}
