package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.theory.architecture.ArchitectureKey;
import org.phasemap.cli.theory.architecture.ArchitectureKeys;
import org.phasemap.cli.theory.architecture.Parameter;
import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Wording;
import org.phasemap.theory.OutsideDomainException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "architecture",
    description = {
      "Gives values of convolutional, residual, normalised and other networks, with their sources.",
      "Without a key it lists all keys. A parameter is NAME=VALUE; a list NAME=1,2,4 gives a row"
          + " for each value, and for each of all lists. Values with blanks need quotes."
    },
    footer = "  phasemap theory architecture",
    mixinStandardHelpOptions = true)
final class ArchitectureCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", arity = "0..1", paramLabel = "KEY", description = "the quantity")
  private String name = "";

  @Parameters(index = "1..*", paramLabel = "NAME=VALUE", description = "its parameters")
  private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() {
    if (name.isEmpty()) {
      output.print(
          List.of("key", "family", "parameters", "meaning"),
          ArchitectureKeys.all().stream().map(ArchitectureCommand::described).toList());
    } else {
      ArchitectureKey key = ArchitectureKeys.find(name).orElseThrow(this::unknownKey);
      List<Map<String, String>> points = points();
      List<String> columns = new ArrayList<>(List.of("key"));
      columns.addAll(points.get(0).keySet());
      columns.addAll(List.of("value", "meaning", "source"));
      output.print(columns, points.stream().map(point -> row(key, point)).toList());
    }
    return ExitCode.DONE;
  }

  /** There are too many to list. */
  private UserException unknownKey() {
    List<String> keys = ArchitectureKeys.all().stream().map(ArchitectureKey::name).toList();
    String meant =
        Wording.closest(name, keys).map(key -> "; did you mean " + key + "?").orElse(";");
    return new UserException(
        "KEY: " + name + " is not allowed" + meant + " allowed: those of 'theory architecture'");
  }

  private static List<Object> described(ArchitectureKey key) {
    return List.of(
        key.name(),
        key.family(),
        String.join(", ", key.parameters().stream().map(Parameter::shown).toList()),
        key.meaning());
  }

  private static List<Object> row(ArchitectureKey key, Map<String, String> point) {
    List<Object> row = new ArrayList<>(List.of(key.name()));
    row.addAll(point.values());
    try {
      row.add(key.value(point));
    } catch (OutsideDomainException e) {
      throw new UserException(key.name() + ": " + e.getMessage(), e);
    }
    row.add(key.meaning());
    row.add(key.source());
    return row;
  }

  /** Every combination of the values that were given; the last list runs fastest. */
  private List<Map<String, String>> points() {
    List<Map<String, String>> points = new ArrayList<>(List.of(Map.of()));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0 || equals == setting.length() - 1) {
        throw new UserException(setting + " is not allowed; allowed: NAME=VALUE");
      }
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> point : points) {
        for (String value : setting.substring(equals + 1).split(",", -1)) {
          Map<String, String> next = new LinkedHashMap<>(point);
          String before = next.put(setting.substring(0, equals), value.strip());
          if (before != null) {
            throw new UserException(setting + ": the parameter is given twice");
          }
          more.add(next);
        }
      }
      points = more;
    }
    return points;
  }
}
