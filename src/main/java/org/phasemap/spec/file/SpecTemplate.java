package org.phasemap.spec.file;

import java.util.List;
import java.util.Map;
import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;

/**
 * A spec to start from. Every field stands in it with its meaning and what is allowed, as
 * docs/spec.md has them; those that a spec may leave out stand as comments, with their default or
 * an example.
 */
public final class SpecTemplate {
  private static final int WIDEST = 100;

  /** A grid that shows an edge of chaos, within a minute. */
  private static final Map<String, String> START =
      Map.of(
          "network.activation", "[tanh, relu]",
          "network.depth", "{from: 4, to: 64, count: 9, scale: log}",
          "network.width", "128",
          "network.sigma_multiplier", "{from: 0.5, to: 2, count: 13}",
          "network.sigma_b2", "0.05");

  private final StringBuilder text = new StringBuilder();

  private SpecTemplate() {}

  /**
   * Its text.
   *
   * @throws UserException if no sweep may have the name
   */
  public static String of(String name) {
    SpecTemplate template = new SpecTemplate();
    template.text.append(
        "# A spec: what a sweep measures. docs/spec.md says more of every field.\n");
    template.text.append(
        "# A line that starts with # and has no blank behind it is not in force.\n");
    template.add("", "", SpecFormat.ROOT.fields(), name, true);
    String yaml = template.text.toString();
    try {
      SpecReader.parse(yaml, "NAME");
    } catch (UserException e) {
      throw new UserException(
          String.format(
              "NAME: %s is not allowed; allowed: %s", name, SpecFormat.NAME.type().allowed()),
          e);
    }
    return yaml;
  }

  /**
   * Adds the fields of a section.
   *
   * @param path of the section, with a dot behind it
   * @param inForce whether its lines count
   */
  private void add(
      String path, String indent, List<Field<?>> fields, String name, boolean inForce) {
    for (Field<?> field : fields) {
      String start = field.equals(SpecFormat.NAME) ? name : START.get(path + field.key());
      boolean stands = inForce && (start != null || field.equals(SpecFormat.NETWORK));
      comment(indent, field);
      text.append(stands ? "" : "#").append(indent).append(field.key()).append(':');
      if (field.type() instanceof Fields section && !field.key().equals("data")) {
        text.append('\n');
        add(path + field.key() + ".", indent + "  ", section.fields(), name, stands);
      } else {
        String usual = field.defaultYaml() == null ? field.example() : field.defaultYaml();
        text.append(' ').append(start == null ? usual : start).append('\n');
      }
      if (indent.isEmpty()) {
        text.append('\n');
      }
    }
  }

  private void comment(String indent, Field<?> field) {
    String said =
        "%s (%s; default: %s)"
            .formatted(
                field.meaning(), field.type().allowed(), field.whenAbsent().replace("`", ""));
    StringBuilder line = new StringBuilder(indent).append('#');
    for (String word : said.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDEST) {
        text.append(line).append('\n');
        line = new StringBuilder(indent).append('#');
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
