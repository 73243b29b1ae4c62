package org.phasemap.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs the short commands one after the other, so that the launcher learns which classes they load.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs them.
   *
   * @param args a spec, and a folder with a sweep of it
   */
  public static void main(String[] args) {
    String results = Path.of(args[1], "01-quickstart").toString();
    List<List<String>> commands =
        List.of(
            List.of("--version"),
            List.of("plan", args[0]),
            List.of("list", args[1]),
            List.of("status", results),
            List.of("query", results, "select * from cells"),
            List.of("files", results, "cells"));
    for (List<String> command : commands) {
      int code = Main.run(command.toArray(String[]::new));
      if (code != ExitCode.DONE) {
        System.exit(code);
      }
    }
    System.exit(ExitCode.DONE);
  }
}
