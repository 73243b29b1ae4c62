package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.store.HostileFolder;

/**
 * What the commands say of a folder that somebody has tampered with: an answer, or one message; and
 * they open nothing beside it. {@code HostileFolderTest} does so with more folders.
 */
class HostileCommandsTest {
  private static final int FOLDERS = Math.max(3, Integer.getInteger("phasemap.fuzz", 0) / 20);
  private static final int FIRST = Integer.getInteger("phasemap.fuzz.first", 0);

  @TempDir private Path folder = Path.of("");

  @Test
  void hostileFoldersAreAnsweredOrRefusedInOneMessage() throws IOException {
    Map<String, byte[]> whole = HostileFolder.kept();
    String cell = cell();
    List<String> faults = new ArrayList<>();
    for (int seed = FIRST; seed < FIRST + FOLDERS; seed++) {
      Path parent = folder.resolve("seed-" + seed);
      HostileFolder hostile = HostileFolder.in(parent, whole, seed);
      for (List<String> command : commands(hostile.folder().toString(), cell)) {
        Ran ran = Ran.of(command.toArray(String[]::new));
        boolean answered = ran.exitCode() == ExitCode.DONE || ran.exitCode() == ExitCode.FOUND;
        boolean refused = ran.exitCode() == ExitCode.MISUSED && isOneMessage(ran.err());
        boolean coloured = (ran.out() + ran.err()).contains("\u001b[31m");
        if ((!answered && !refused) || coloured) {
          faults.add(
              String.format(
                  "%d: %s: %s ends with %d: %s",
                  seed, hostile, command.get(0), ran.exitCode(), start(ran.err())));
        }
      }
      if (!hostile.victim().touched().isEmpty()) {
        faults.add(seed + ": " + hostile + ": " + hostile.victim().touched());
      }
      delete(parent);
    }
    assertThat(faults).isEmpty();
  }

  /** One of the cells that the folders have before they are tampered with. */
  private static String cell() {
    String query = "select min(cell_id) from cells";
    Ran ran = Ran.of("query", HostileFolder.KEPT.toString(), query, "--format", "csv");
    return ran.out().lines().skip(1).findFirst().orElseThrow();
  }

  private static List<List<String>> commands(String results, String cell) {
    return List.of(
        List.of("status", results),
        List.of("status", results, "--verify"),
        List.of("query", results, "select * from replicates", "--format", "csv"),
        List.of("query", results, "select * from cells"),
        List.of("boundaries", results),
        List.of("replay", results, cell),
        List.of("report", results));
  }

  private static boolean isOneMessage(String err) {
    return err.startsWith("phasemap: ")
        && err.strip().lines().count() == 1
        && !err.contains("Exception");
  }

  private static String start(String err) {
    return String.join("\n", err.lines().limit(12).toList());
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
