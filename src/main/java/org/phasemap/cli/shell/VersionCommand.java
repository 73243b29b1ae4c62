package org.phasemap.cli.shell;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    description = "Prints version and commit, as results carry them.",
    footer = "  phasemap version",
    mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Arrays.stream(spec.root().version()).forEach(System.out::println);
    return ExitCode.DONE;
  }
}
