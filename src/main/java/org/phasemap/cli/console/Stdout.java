package org.phasemap.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that keeps what went wrong with it: a {@link PrintStream} does not say. */
public final class Stdout extends FilterOutputStream {
  private @Nullable IOException failure;

  Stdout(OutputStream out) {
    super(out);
  }

  /** From now on all that is printed goes through it. */
  public static Stdout install() {
    Stdout stdout = new Stdout(new FileOutputStream(FileDescriptor.out));
    String charset =
        System.getProperty(
            "stdout.encoding",
            System.getProperty("sun.stdout.encoding", Charset.defaultCharset().name()));
    System.setOut(new PrintStream(stdout, false, Charset.forName(charset)));
    return stdout;
  }

  /** Why it does not have all that was printed; a reader that has read enough is no reason. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(e -> String.valueOf(e.getMessage()))
        .filter(message -> !message.contains("Broken pipe"));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
