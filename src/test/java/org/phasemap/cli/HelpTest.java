package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.data.FileAccess;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.spec.file.SpecReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command's help has, and how it says it. */
class HelpTest {
  @Command(name = "phasemap")
  private static final class Root {}

  /** A word, or several in quotes. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static CommandLine root() {
    return Commands.of(new Root(), "help").setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static Stream<CommandLine> below(CommandLine line) {
    return line.getSubcommands().values().stream()
        .flatMap(command -> Stream.concat(Stream.of(command), below(command)));
  }

  private static List<String> words(String example) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(example);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  /** An example with an option that is gone would not be understood. */
  @TestFactory
  Stream<DynamicTest> examplesAreUnderstood() {
    return below(root())
        .map(
            command -> {
              CommandSpec spec = command.getCommandSpec();
              return DynamicTest.dynamicTest(
                  spec.qualifiedName(),
                  () -> {
                    assertThat(spec.usageMessage().footer()).isNotEmpty();
                    for (String line : spec.usageMessage().footer()) {
                      String example = line.strip().replace("%%", "%");
                      assertThat(example).startsWith(spec.qualifiedName());
                      assertThat(command.getUsageMessage()).as("not wrapped").contains(example);
                      List<String> words = words(example).subList(1, words(example).size());
                      assertThat(root().parseArgs(words.toArray(String[]::new)).errors()).isEmpty();
                    }
                  });
            });
  }

  @Test
  void optionsAreDescribedInOneStyle() {
    List<String> faults = new ArrayList<>();
    for (CommandSpec spec : below(root()).map(CommandLine::getCommandSpec).toList()) {
      for (ArgSpec arg : spec.args()) {
        String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
        String text = String.join(" ", arg.description());
        faults(arg, text).forEach(fault -> faults.add(spec.name() + " " + name + ": " + fault));
      }
    }
    assertThat(faults).isEmpty();
  }

  private static List<String> faults(ArgSpec arg, String text) {
    List<String> faults = new ArrayList<>();
    if (arg.arity().max() > 0 && arg.paramLabel().contains("<")) {
      faults.add("the label of its value is a field's name");
    }
    if (text.isBlank() || text.endsWith(".")) {
      faults.add("no words, or a full stop: " + text);
    } else if (Character.isUpperCase(text.charAt(0)) && Character.isLowerCase(text.charAt(1))) {
      faults.add("begins as a sentence: " + text);
    }
    Object[] values = arg.auxiliaryTypes()[0].getEnumConstants();
    for (Object value : values == null ? new Object[0] : values) {
      if (!text.contains(value.toString().toLowerCase(Locale.ROOT))) {
        faults.add("does not name the value " + value + ": " + text);
      }
    }
    if (text.contains("default:") && !text.matches("(?s).*\\(default: .*\\)")) {
      faults.add("the default is not in brackets at the end: " + text);
    }
    return faults;
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "replay"})
  void examplesNameACellOfTheQuickstart(String command) {
    String example =
        Objects.requireNonNull(root().getSubcommands().get(command))
            .getCommandSpec()
            .usageMessage()
            .footer()[0];
    String beginning = words(example).get(3);
    Plan plan =
        Plan.of(
            SpecReader.read(
                Path.of("conf/sweeps/01-quickstart.yaml"), List.of(), FileAccess.PLAIN));
    assertThat(plan.cells()).map(Cell::id).filteredOn(id -> id.startsWith(beginning)).hasSize(1);
  }

  @Test
  void exitCodesAreThoseOfTheDocument() throws IOException {
    String document = Files.readString(Path.of("docs/commands.md"));
    String[] codes = Main.class.getAnnotation(Command.class).exitCodeList();
    assertThat(codes).hasSize(5);
    for (String code : codes) {
      assertThat(document).contains("| " + code.replaceFirst(":", " | ") + " |");
    }
  }

  /** Commands say what they do, as a sentence with a verb: "Draws …". */
  @Test
  void descriptionsBeginWithAVerbAndEndWithAFullStop() {
    below(root())
        .map(CommandLine::getCommandSpec)
        .forEach(
            spec -> {
              String text = String.join(" ", spec.usageMessage().description());
              assertThat(text).as(spec.qualifiedName()).matches("(?s)[A-Z][a-z]+s .*\\.");
            });
  }
}
