package org.phasemap.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The theory against a table that another implementation computed. */
class ReferenceValuesTest {
  private static final String FILE = "/org/phasemap/theory/reference_values.csv";

  /** Columns: id, key, quantity, arch, parameters, value, tol_type, tol, source, method. */
  private static List<List<String>> rows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (InputStream in =
            Objects.requireNonNull(ReferenceValuesTest.class.getResourceAsStream(FILE));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(fields(line));
      }
    }
    return rows;
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  static Stream<Arguments> derived() throws IOException {
    return rows().stream()
        .filter(row -> !row.get(1).startsWith(ReferenceQuantities.MEASURED_PREFIX))
        .map(
            row ->
                Arguments.of(
                    row.get(0),
                    row.get(1),
                    row.get(3),
                    row.get(4),
                    Double.parseDouble(row.get(5)),
                    row.get(6),
                    Double.parseDouble(row.get(7))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("derived")
  void rowIsReproduced(
      String id,
      String key,
      String arch,
      String parameters,
      double value,
      String type,
      double tol) {
    ReferenceQuery query = new ReferenceQuery(arch, Parameters.parse(parameters));
    double allowed = type.equals("rel") ? tol * Math.abs(value) : tol;

    assertThat(ReferenceQuantities.compute(key, query)).as(id).isPresent();
    assertThat(ReferenceQuantities.compute(key, query).orElseThrow())
        .as(id)
        .isCloseTo(value, within(allowed));
  }

  @Test
  void theTableIsWhole() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(300).allMatch(row -> row.size() == 10);
  }
}
