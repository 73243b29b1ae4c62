package org.phasemap.sweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A process whose user has no line in /etc/passwd: the number is of a namespace of its own. */
class NamelessUserTest {
  private static final List<String> NAMELESS =
      List.of("unshare", "--user", "--map-user=54321", "--map-group=54321");

  /** What such a process runs. */
  static final class Login {
    private Login() {}

    public static void main(String[] arguments) throws IOException {
      HadoopSettings.ofThisProcess();
      UserGroupInformation first = UserGroupInformation.getLoginUser();
      HadoopSettings.ofThisProcess();
      if (!UserGroupInformation.getLoginUser().equals(first)) {
        throw new IllegalStateException("two logins");
      }
      System.out.println("user " + UserGroupInformation.getCurrentUser().getShortUserName());
    }
  }

  private static String said(List<String> command, @Nullable String name)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(NAMELESS);
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().remove("HADOOP_USER_NAME");
    if (name != null) {
      builder.environment().put("HADOOP_USER_NAME", name);
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  @Test
  void itHasAName() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "no unshare here");
    assumeTrue(said(List.of("id", "-u"), null).strip().equals("54321"), "unshare makes no users");
    String java = System.getProperty("java.home") + "/bin/java";

    assertThat(said(List.of(java, Login.class.getName()), null)).contains("user unknown\n");
    assertThat(said(List.of(java, Login.class.getName()), "")).contains("user unknown\n");
    assertThat(said(List.of(java, Login.class.getName()), "maria")).contains("user maria\n");
  }
}
