package org.phasemap.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.spec.yaml.Wording;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Prints a script that lets a shell complete commands and options.",
      "It goes where the shell looks for such scripts (docs/commands.md)."
    },
    footer = "  phasemap completion bash",
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  private String shell = "";

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String script =
        switch (shell.toLowerCase(Locale.ROOT)) {
          case "bash", "zsh" -> AutoComplete.bash(root.getCommandName(), root);
          case "fish" -> FishCompletion.of(root);
          default -> throw Wording.refused("SHELL", shell, List.of("bash", "zsh", "fish"));
        };
    System.out.print(script);
    System.out.flush();
    return ExitCode.DONE;
  }
}
