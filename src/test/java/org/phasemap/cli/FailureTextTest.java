package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.phasemap.cli.console.ExitCode;

class FailureTextTest {
  private static String explained(Throwable failure, int exitCode) {
    StringWriter text = new StringWriter();
    assertThat(Failure.explain(failure, new PrintWriter(text, true))).isEqualTo(exitCode);
    return text.toString();
  }

  /** A build that lacks a class is our mistake; a jar for clusters lacks these on purpose. */
  @Test
  void aClustersJarDrawsNoFiguresAndSaysSo() {
    String name = "org/apache/pdfbox/pdmodel/PDDocument";

    assertThat(explained(new NoClassDefFoundError(name), ExitCode.MISUSED))
        .hasLineCount(1)
        .startsWith("phasemap: the libraries that draw figures are missing")
        .contains("without --master");
    assertThat(explained(new NoClassDefFoundError("org/phasemap/cli/Main"), ExitCode.BROKEN))
        .contains("the build is damaged");
  }
}
