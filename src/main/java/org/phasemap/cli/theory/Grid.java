package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.phasemap.network.Activation;
import org.phasemap.network.UserException;

/** The Cartesian product of a command's options; the last axis runs fastest. */
public final class Grid implements Iterable<Grid.Point> {
  private final List<Activation> activations;
  private final List<OptionValues> axes;
  private final int size;

  private Grid(List<Activation> activations, List<OptionValues> axes, int size) {
    this.activations = activations;
    this.axes = axes;
    this.size = size;
  }

  static Grid of(List<Activation> activations, OptionValues... axes) {
    double size = activations.size();
    for (OptionValues axis : axes) {
      size *= axis.values().size();
    }
    if (size > OptionValues.MOST) {
      throw new UserException(
          String.format(
              "the options ask for %.0f rows; allowed: at most %d", size, OptionValues.MOST));
    }
    return new Grid(List.copyOf(activations), List.of(axes), (int) size);
  }

  /** {@code activation} and the axes' names. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("activation"));
    axes.forEach(axis -> columns.add(axis.name()));
    return columns;
  }

  @Override
  public Iterator<Point> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Point next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        return at(next++);
      }
    };
  }

  private Point at(int index) {
    double[] numbers = new double[axes.size()];
    int rest = index;
    for (int i = numbers.length - 1; i >= 0; i--) {
      List<Double> values = axes.get(i).values();
      numbers[i] = values.get(rest % values.size());
      rest /= values.size();
    }
    return new Point(activations.get(rest), numbers);
  }

  /** One combination. */
  final class Point {
    private final Activation activation;
    private final double[] numbers;

    private Point(Activation activation, double[] numbers) {
      this.activation = activation;
      this.numbers = numbers;
    }

    Activation activation() {
      return activation;
    }

    /** The value on the axis of a name. */
    double number(String name) {
      return numbers[axis(name)];
    }

    /** As {@link #number}, on an axis of whole numbers. */
    int whole(String name) {
      return (int) number(name);
    }

    /** The row's leading values: one for each of {@link Grid#columns}. */
    List<Object> values() {
      List<Object> values = new ArrayList<>(List.of(activation.name()));
      Arrays.stream(numbers).forEach(x -> values.add(TidyNumber.of(x)));
      return values;
    }

    private int axis(String name) {
      return IntStream.range(0, numbers.length)
          .filter(i -> axes.get(i).name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      return IntStream.range(0, numbers.length)
          .mapToObj(i -> axes.get(i).name() + " = " + TidyNumber.of(numbers[i]))
          .collect(Collectors.joining(", ", activation + ", ", ""));
    }
  }
}
