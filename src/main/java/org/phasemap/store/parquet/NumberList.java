package org.phasemap.store.parquet;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * A list of a row, without nulls, whose numbers are boxed only for who asks for them one by one.
 */
abstract class NumberList<T> extends AbstractList<T> implements RandomAccess, Serializable {
  private static final long serialVersionUID = 1L;

  /** The numbers, an {@code int[]} or a {@code double[]}. */
  abstract Object array();

  static NumberList<Double> of(double[] numbers) {
    return new Doubles(numbers);
  }

  static NumberList<Integer> of(int[] numbers) {
    return new Ints(numbers);
  }

  private static final class Doubles extends NumberList<Double> {
    private static final long serialVersionUID = 1L;

    private final double[] numbers;

    Doubles(double[] numbers) {
      this.numbers = numbers;
    }

    @Override
    Object array() {
      return numbers;
    }

    @Override
    public Double get(int i) {
      return numbers[i];
    }

    @Override
    public int size() {
      return numbers.length;
    }
  }

  private static final class Ints extends NumberList<Integer> {
    private static final long serialVersionUID = 1L;

    private final int[] numbers;

    Ints(int[] numbers) {
      this.numbers = numbers;
    }

    @Override
    Object array() {
      return numbers;
    }

    @Override
    public Integer get(int i) {
      return numbers[i];
    }

    @Override
    public int size() {
      return numbers.length;
    }
  }
}
