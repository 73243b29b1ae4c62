package org.phasemap.spec.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** A number within bounds. */
public interface NumberType<T extends Number> extends Type<T> {
  /** The number of this type that is nearest to a point within the bounds. */
  T nearest(BigDecimal point);

  /** What the distance between two points of an axis of such numbers may be. */
  NumberType<?> step();

  @Override
  default String shape() {
    return "number";
  }

  /** Whole numbers, both bounds included. 4.0 and 1e3 are whole too. */
  record Whole<T extends Number>(long from, long to, LongFunction<T> box) implements NumberType<T> {
    public static Whole<Integer> ints(int from, int to) {
      return new Whole<>(from, to, Math::toIntExact);
    }

    public static Whole<Long> longs(long from, long to) {
      return new Whole<>(from, to, Long::valueOf);
    }

    @Override
    public String allowed() {
      return "whole numbers from " + from + " to " + to;
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "integer", "minimum", from, "maximum", to);
    }

    @Override
    public T read(Place place) {
      Node.Scalar scalar = numberAt(place, allowed());
      return decimal(scalar.text())
          .flatMap(Whole::exact)
          .filter(n -> from <= n && n <= to)
          .map(box::apply)
          .orElseThrow(() -> place.notAllowed(allowed()));
    }

    @Override
    public T nearest(BigDecimal point) {
      return box.apply(Math.round(point.doubleValue()));
    }

    @Override
    public NumberType<?> step() {
      return longs(1, to);
    }

    private static Optional<Long> exact(BigDecimal number) {
      try {
        return Optional.of(number.longValueExact());
      } catch (ArithmeticException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * Finite numbers, the upper bound included.
   *
   * @param fromIncluded whether the lower bound is included too
   */
  record Real(double from, boolean fromIncluded, double to) implements NumberType<Double> {
    public static Real between(double from, double to) {
      return new Real(from, true, to);
    }

    public static Real above(double from, double to) {
      return new Real(from, false, to);
    }

    @Override
    public String allowed() {
      if (fromIncluded) {
        return "numbers from " + Decimals.text(from) + " to " + Decimals.text(to);
      }
      String upTo = to == Double.MAX_VALUE ? "" : ", up to " + Decimals.text(to);
      return "numbers above " + Decimals.text(from) + upTo;
    }

    @Override
    public Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "number");
      schema.put(fromIncluded ? "minimum" : "exclusiveMinimum", from);
      if (to < Double.MAX_VALUE) {
        schema.put("maximum", to);
      }
      return schema;
    }

    @Override
    public Double read(Place place) {
      Node.Scalar scalar = numberAt(place, allowed());
      return decimal(scalar.text())
          .map(BigDecimal::doubleValue)
          .filter(x -> (fromIncluded ? from <= x : from < x) && x <= to)
          .map(x -> x + 0.0) // no negative zero
          .orElseThrow(() -> place.notAllowed(allowed()));
    }

    @Override
    public Double nearest(BigDecimal point) {
      return point.doubleValue();
    }

    @Override
    public NumberType<?> step() {
      return above(0, Double.MAX_VALUE);
    }
  }

  private static Node.Scalar numberAt(Place place, String allowed) {
    if (place.node() instanceof Node.Scalar s
        && (s.scalarKind() == Node.Kind.WHOLE || s.scalarKind() == Node.Kind.REAL)) {
      return s;
    }
    throw place.wrongKind(allowed);
  }

  /** A number as YAML writes it, empty where it is not finite or absurdly long. */
  private static Optional<BigDecimal> decimal(String text) {
    if (text.length() > Wording.SHOWN) {
      return Optional.empty();
    }
    if (text.startsWith("0x")) {
      return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 16)));
    }
    if (text.startsWith("0o")) {
      return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 8)));
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // .inf, .nan, or an exponent beyond any number's
    }
  }
}
