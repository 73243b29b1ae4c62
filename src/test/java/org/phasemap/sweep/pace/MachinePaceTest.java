package org.phasemap.sweep.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.kernel.Backends;
import org.phasemap.plan.cost.Pace;
import org.phasemap.plan.cost.Pace.Kind;

class MachinePaceTest {
  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  @TempDir private Path cache = Path.of("");

  private MachinePace pace() {
    return new MachinePace(Backends.fastest(), cache);
  }

  /** A machine is not a hundred times as fast, or as slow, as the one of the model. */
  @Test
  void whatIsMeasuredIsKept() throws IOException {
    Pace measured = pace().measured(ALL);

    assertThat(measured.times().keySet()).isEqualTo(ALL);
    assertThat(measured.times().values()).allSatisfy(x -> assertThat(x).isBetween(0.01, 100.0));
    String text = Files.readString(kept());
    // That of a busy machine is measured again.
    Files.writeString(kept(), text.replace("quiet=false", "quiet=true"));
    assertThat(pace().measured(ALL)).isEqualTo(measured);
    assertThat(pace().ifAny(ALL)).contains(measured);
  }

  /** Each is a number that nobody measures; what is no pace is measured. */
  @Test
  void onlyWhatIsMissingIsMeasured() throws IOException {
    pace().measured(Set.of(Kind.DENSE));
    Files.writeString(kept(), "quiet=true\ndense=77.25\nmasked=-1\n");

    Pace pace = pace().measured(Set.of(Kind.DENSE, Kind.MASKED));
    assertThat(pace.times().get(Kind.DENSE)).isEqualTo(77.25);
    assertThat(pace.times().get(Kind.MASKED)).isBetween(0.01, 77.0);
    Files.writeString(kept(), "quiet=true\ndense=2\n");
    assertThat(pace().isOfBusyMachine()).isFalse();
    Files.writeString(kept(), "quiet=false\ndense=2\n");
    assertThat(pace().isOfBusyMachine()).isTrue();
    Files.writeString(kept(), "dense=\\u00zz\n");
    assertThat(pace().measured(Set.of(Kind.DENSE)).times().get(Kind.DENSE)).isBetween(0.01, 77.0);
  }

  /** The build times products alone; a first plan of another kind must not know less. */
  @Test
  void whatHasNotBeenTimedIsGuessedFromProducts() throws IOException {
    assertThat(pace().guessed(ALL)).isEmpty();
    assertThat(pace().isOfBusyMachine()).isFalse();
    pace().measured(Set.of(Kind.DENSE));
    Files.writeString(kept(), "quiet=true\ndense=3.5\ntraining=2\n");

    Pace pace = pace().guessed(Set.of(Kind.DENSE, Kind.LAYERED, Kind.TRAINING)).orElseThrow();

    assertThat(pace.times())
        .isEqualTo(Map.of(Kind.DENSE, 3.5, Kind.LAYERED, 3.5, Kind.TRAINING, 2.0));
    assertThat(Files.readString(kept())).as("a guess is not kept").doesNotContain("layered");
  }

  private Path kept() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("phasemap"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void aCacheThatCannotBeWrittenDoesNoHarm() throws IOException {
    Path file = Files.createFile(cache.resolve("file"));

    Pace pace = new MachinePace(Backends.fastest(), file).measured(Set.of(Kind.DENSE));
    assertThat(pace.times().get(Kind.DENSE)).isPositive();
  }
}
