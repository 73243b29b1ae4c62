package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {
  @Command(name = "root")
  private static final class Root {}

  @Test
  void everyCommandHasTheNameThatItIsFoundBy() {
    assertThat(Commands.of(new Root()).getSubcommands())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            (name, line) ->
                assertThat(line.getCommand().getClass().getAnnotation(Command.class).name())
                    .isEqualTo(name));
  }

  /** Start-up: the options of the others are not read. */
  @Test
  void onlyWhatIsCalledIsMade() {
    assertThat(Commands.of(new Root(), "status", "x").getSubcommands()).containsOnlyKeys("status");
    assertThat(Commands.of(new Root(), "--version").getSubcommands()).isEmpty();
    CommandLine all = Commands.of(new Root());
    assertThat(Commands.of(new Root(), "statsu").getSubcommands())
        .hasSameSizeAs(all.getSubcommands());
    assertThat(Commands.of(new Root(), "help", "status").getSubcommands())
        .hasSameSizeAs(all.getSubcommands());
  }
}
