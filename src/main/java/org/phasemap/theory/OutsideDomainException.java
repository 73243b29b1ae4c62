package org.phasemap.theory;

import java.util.Objects;

/**
 * No formula holds for the parameters that were asked for. There is no number to give, and the
 * message says why.
 */
public final class OutsideDomainException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public OutsideDomainException(String why) {
    super(why);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Throws with a reason unless a formula's condition holds. */
  public static void unless(boolean holds, String why) {
    if (!holds) {
      throw new OutsideDomainException(why);
    }
  }
}
