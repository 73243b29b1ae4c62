package org.phasemap.sweep.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.kernel.Backends;
import org.phasemap.plan.cost.Pace;

class MachinePaceTest {
  @TempDir private Path cache = Path.of("");

  private MachinePace pace() {
    return new MachinePace(Backends.fastest(), cache);
  }

  /** A machine is not a hundred times as fast, or as slow, as the one of the model. */
  @Test
  void whatIsMeasuredIsKept() throws IOException {
    Pace measured = pace().measured();

    assertThat(List.of(measured.weightFree(), measured.dense(), measured.masked()))
        .allSatisfy(x -> assertThat(x).isBetween(0.01, 100.0));
    assertThat(measured.training()).isBetween(0.01, 100.0);
    assertThat(pace().known()).contains(measured);
    assertThat(pace().measured()).isEqualTo(measured);
    Files.writeString(kept(), "dense=-1\n");
    assertThat(pace().known()).isEmpty();
    Files.writeString(kept(), "dense=\\u00zz\n");
    assertThat(pace().known()).isEmpty();
  }

  private Path kept() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("phasemap"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void aCacheThatCannotBeWrittenDoesNoHarm() throws IOException {
    Path file = Files.createFile(cache.resolve("file"));

    assertThat(new MachinePace(Backends.fastest(), file).measured().dense()).isPositive();
  }
}
