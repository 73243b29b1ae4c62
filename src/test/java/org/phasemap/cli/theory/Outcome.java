package org.phasemap.cli.theory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.phasemap.cli.Main;

/** What a command line came to. */
record Outcome(int exitCode, String out, String err) {
  /** Runs {@code phasemap theory …}, the line split at blanks. */
  static Outcome of(String line) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int code = Main.run(Stream.of(("theory " + line).strip().split(" +")).toArray(String[]::new));
      return new Outcome(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  List<String> lines() {
    return out.lines().toList();
  }

  /** A cell of CSV output without quotes, row 1 being the first after the header. */
  String cell(String column, int row) {
    int at = List.of(lines().get(0).split(",", -1)).indexOf(column);
    return lines().get(row).split(",", -1)[at];
  }

  double number(String column, int row) {
    return Double.parseDouble(cell(column, row));
  }
}
