package org.phasemap.network;

/**
 * The user's mistake. Its message names the file, the field, the value and what is allowed; the
 * command prints it without a stack trace and exits with code 2.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    super(message);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
