package org.phasemap.query;

import org.phasemap.network.UserException;

/** An answer would have taken more time or memory than {@link Limits} allow. */
public final class LimitReached extends UserException {
  private static final long serialVersionUID = 1L;

  LimitReached(String message, Throwable cause) {
    super(message, cause);
  }
}
