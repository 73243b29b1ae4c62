package org.phasemap.chart.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An ES module of {@code dashboards/web}. It imports at its top, by {@code import { a, b } from
 * "./c.js"} or {@code import * as c from "./c.js"}, and exports where it declares: {@code export
 * const}, {@code export function}.
 *
 * @param name of the file, without {@code .js}
 * @param imports what it takes from others
 * @param exports names that others may take
 * @param body the rest, which is a script
 */
record WebModule(String name, List<Import> imports, List<String> exports, String body) {
  /**
   * One line of imports.
   *
   * @param names that are taken; empty for all of them as an object
   * @param from the other module
   * @param declared the names as a pattern that can be declared
   */
  record Import(List<String> names, String from, String declared) {}

  private static final Pattern IMPORT =
      Pattern.compile("import (?:\\* as (\\w+)|\\{ ([\\w, ]+) \\}) from \"\\./(\\w+)\\.js\";");
  private static final Pattern EXPORT =
      Pattern.compile("export ((?:const|function|async function) (\\w+).*)");

  /**
   * Reads a module.
   *
   * @throws IllegalStateException naming the line, if it imports or exports in another way
   */
  static WebModule of(String name, String source) {
    List<Import> imports = new ArrayList<>();
    List<String> exports = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (String line : source.lines().toList()) {
      Matcher taken = IMPORT.matcher(line);
      Matcher given = EXPORT.matcher(line);
      if (taken.matches()) {
        imports.add(taken(taken));
        continue;
      }
      if (given.matches()) {
        exports.add(given.group(2));
      } else if (line.startsWith("import ") || line.startsWith("export ")) {
        throw new IllegalStateException(name + ".js: is not a way to import or export: " + line);
      }
      body.append(given.matches() ? given.group(1) : line).append('\n');
    }
    return new WebModule(name, imports, exports, body.toString());
  }

  private static Import taken(Matcher line) {
    return line.group(1) != null
        ? new Import(List.of(), line.group(3), line.group(1))
        : new Import(
            Arrays.asList(line.group(2).split(", ")), line.group(3), "{ " + line.group(2) + " }");
  }

  /** A declaration of a variable of the module's name that holds its exports. */
  String declaration() {
    String taken =
        imports.stream()
            .map(i -> "const %s = %s;\n".formatted(i.declared, variable(i.from)))
            .collect(Collectors.joining());
    return "const %s = await (async () => {\n%s%sreturn { %s };\n})();\n"
        .formatted(variable(name), taken, body, String.join(", ", exports));
  }

  /** No module declares a name that begins so. */
  private static String variable(String module) {
    return "$" + module;
  }
}
