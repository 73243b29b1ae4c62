package org.phasemap.cli.theory;

import java.util.List;
import org.phasemap.cli.Ran;

/** What a command line came to. */
public record Outcome(int exitCode, String out, String err) {
  /** Runs {@code phasemap theory …}, the line split at blanks. */
  public static Outcome of(String line) {
    Ran ran = Ran.of(("theory " + line).strip().split(" +"));
    return new Outcome(ran.exitCode(), ran.out(), ran.err());
  }

  public List<String> lines() {
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
