package org.phasemap.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class StdoutTest {
  private static Stdout printedTo(OutputStream out) {
    Stdout stdout = new Stdout(out);
    new PrintStream(stdout, true).println("rows");
    return stdout;
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }

  @Test
  void whatIsNotPrintedIsSaidUnlessNobodyReadsIt() {
    assertThat(printedTo(OutputStream.nullOutputStream()).failure()).isEmpty();
    assertThat(printedTo(failing("No space left on device")).failure())
        .contains("No space left on device");
    assertThat(printedTo(failing("Broken pipe")).failure()).isEmpty();
  }
}
