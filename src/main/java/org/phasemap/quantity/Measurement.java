package org.phasemap.quantity;

import java.util.Arrays;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found of one network, or is predicted of it: a number for each quantity, NaN where there
 * is none, and a list for each profile. Equality is identity.
 */
public final class Measurement {
  private static final double[] NONE = {};
  private static final int PLACES = 1 + Quantity.all().get(Quantity.all().size() - 1).place();

  private final @Nullable Category category;
  private final double[] numbers;
  private final EnumMap<Profile, double[]> profiles;

  private Measurement(
      @Nullable Category category, double[] numbers, EnumMap<Profile, double[]> profiles) {
    this.category = category;
    this.numbers = numbers;
    this.profiles = profiles;
  }

  /** Takes numbers and lists as they are found. */
  public static final class Builder {
    private final double[] numbers = new double[PLACES];
    private final EnumMap<Profile, double[]> profiles = new EnumMap<>(Profile.class);

    /** Nothing is known yet. */
    public Builder() {
      Arrays.fill(numbers, Double.NaN);
    }

    /** Sets a number; NaN where there is none. */
    public Builder put(Quantity quantity, double number) {
      numbers[quantity.place()] = number;
      return this;
    }

    /** Sets a list, which is not copied; an empty one is none. */
    public Builder put(Profile profile, double[] list) {
      profiles.put(profile, list);
      return this;
    }

    /** What has been put so far; nothing may be put after it. */
    public Measurement of(@Nullable Category category) {
      return new Measurement(category, numbers, profiles);
    }
  }

  /**
   * What became of the network.
   *
   * @throws IllegalStateException if this is a prediction
   */
  public Category category() {
    if (category == null) {
      throw new IllegalStateException("a prediction has no category");
    }
    return category;
  }

  /** NaN where it was not asked for or does not exist; may be infinite. */
  public double number(Quantity quantity) {
    return numbers[quantity.place()];
  }

  /** The list itself, not a copy; empty where it was not asked for. */
  public double[] profile(Profile profile) {
    return profiles.getOrDefault(profile, NONE);
  }
}
