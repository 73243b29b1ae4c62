package org.phasemap.sweep.cluster;

import org.apache.hadoop.security.UserGroupInformation;

/**
 * Whoever has no line in /etc/passwd, as in containers that run under any number. Hadoop asks the
 * system for the user's name, and neither it nor Spark starts without one.
 */
final class NamelessUser {
  /** What Java says where the system knows no name. */
  private static final String NONE = "?";

  /** Once: file systems are kept for each login, and another one would open them anew. */
  private static boolean named;

  private NamelessUser() {}

  /** Gives this process's user a name, if it has none: {@code HADOOP_USER_NAME}, else unknown. */
  static synchronized void name() {
    if (!named
        && System.getProperty("user.name", NONE).equals(NONE)
        && !UserGroupInformation.isSecurityEnabled()) {
      String asked = System.getenv().getOrDefault("HADOOP_USER_NAME", "");
      UserGroupInformation.setLoginUser(
          UserGroupInformation.createRemoteUser(asked.isBlank() ? "unknown" : asked));
      named = true;
    }
  }
}
