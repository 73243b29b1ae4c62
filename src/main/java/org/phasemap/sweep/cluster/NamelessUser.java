package org.phasemap.sweep.cluster;

import org.apache.hadoop.security.UserGroupInformation;

/**
 * Whoever has no line in /etc/passwd, as in containers that run under any number. Hadoop asks the
 * system for the user's name, and neither it nor Spark starts without one.
 */
final class NamelessUser {
  /** What Java says where the system knows no name. */
  private static final String NONE = "?";

  private NamelessUser() {}

  /** Gives this process's user a name, if it has none: {@code HADOOP_USER_NAME}, else unknown. */
  static void name() {
    if (System.getProperty("user.name", NONE).equals(NONE)
        && !UserGroupInformation.isSecurityEnabled()) {
      String name = System.getenv().getOrDefault("HADOOP_USER_NAME", "unknown");
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
    }
  }
}
