package org.phasemap.cli.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.UserException;
import org.phasemap.spec.file.SpecTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    description = {
      "Writes a spec to start from, NAME.yaml, into this folder.",
      "It runs as it is, and has every field with its meaning and its default."
    },
    footer = "  phasemap init my-first-map",
    mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "name of the sweep (default: my-sweep)")
  private String name = "my-sweep";

  @Override
  public Integer call() {
    String text = SpecTemplate.of(name);
    Path file;
    try {
      file = Path.of(name + ".yaml");
      Files.write(
          file,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          name
              + ".yaml: exists, and stays as it is; allowed: a new name, such as 'init "
              + name
              + "-2'",
          e);
    } catch (IOException | InvalidPathException e) {
      throw new UserException(
          String.format(
              "%s.yaml: cannot be written (%s); allowed: a folder with space that you may write to",
              name, e.getMessage()),
          e);
    }
    System.out.printf(
        "%s: change it, then: phasemap plan %s, and phasemap sweep %s%n", file, file, file);
    return ExitCode.DONE;
  }
}
