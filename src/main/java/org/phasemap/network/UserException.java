package org.phasemap.network;

/**
 * The user's mistake. Its message names the file, the field, the value and what is allowed; the
 * command prints it without a stack trace and exits with code 2. What it says goes to a terminal:
 * control characters of files and names do not get there.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    super(PlainText.of(message));
  }

  public UserException(String message, Throwable cause) {
    super(PlainText.of(message), cause);
  }
}
