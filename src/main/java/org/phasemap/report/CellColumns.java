package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.store.Column;
import org.phasemap.store.Tables;

/**
 * The table {@code cells} column by column, with the number of replicates of each category. A
 * column of one value is {@code {"const": value}}, one of text {@code {"dict": […], "at": […]}},
 * any other an array.
 */
final class CellColumns {
  private static final int DIGITS = 5;
  static final List<String> CATEGORIES = List.of("exploded", "vanished", "stalled", "diverged");

  private CellColumns() {}

  /** SQL for the scalars of the cells, in the order that the whole report uses. */
  static String sql(ShownCells shown) {
    String scalars =
        Tables.cells().stream()
            .filter(c -> c.type() != Column.Type.INT_LIST && c.type() != Column.Type.DOUBLE_LIST)
            // Cells of schemas before 6 do not have their counts of all categories.
            .filter(c -> !CATEGORIES.contains(c.name()))
            .map(c -> "c." + c.name())
            .collect(Collectors.joining(", "));
    String counts =
        CATEGORIES.stream()
            .map(k -> "coalesce(n." + k + ", 0) as " + k)
            .collect(Collectors.joining(", "));
    String filters =
        CATEGORIES.stream()
            .map(k -> "count(*) filter (where category = '" + k + "') as " + k)
            .collect(Collectors.joining(", "));
    return "select %s, %s from cells c left join (select cell_id, %s from replicates group by all) n"
            .formatted(scalars, counts, filters)
        + " on c.cell_id = n.cell_id where "
        + shown.condition()
        + " order by task, activation, keep_probability desc, width, sigma_multiplier, sigma_w2,"
        + " depth, c.cell_id";
  }

  /** Writes the columns and returns the cells' identifiers in their order. */
  static List<String> write(JsonGenerator json, Query query, ShownCells shown) throws IOException {
    Rows rows = query.rows(sql(shown));
    json.writeStartObject();
    json.writeNumberField("size", rows.size());
    json.writeObjectFieldStart("columns");
    for (int i = 0; i < rows.columns().size(); i++) {
      json.writeFieldName(rows.columns().get(i));
      List<@Nullable Object> values = new ArrayList<>();
      for (Rows.Row row : rows) {
        values.add(row.at(i));
      }
      write(json, values);
    }
    json.writeEndObject();
    json.writeEndObject();
    List<String> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.text("cell_id")));
    return ids;
  }

  private static void write(JsonGenerator json, List<@Nullable Object> values) throws IOException {
    if (values.size() > 1 && values.stream().allMatch(v -> Objects.equals(v, values.get(0)))) {
      json.writeStartObject();
      json.writeFieldName("const");
      write(json, values.get(0));
      json.writeEndObject();
    } else if (values.stream().anyMatch(String.class::isInstance)) {
      writeText(json, values);
    } else {
      json.writeStartArray();
      for (Object value : values) {
        write(json, value);
      }
      json.writeEndArray();
    }
  }

  private static void writeText(JsonGenerator json, List<@Nullable Object> values)
      throws IOException {
    Map<Object, Integer> dictionary = new LinkedHashMap<>();
    List<Integer> positions = new ArrayList<>();
    for (Object value : values) {
      positions.add(value == null ? -1 : dictionary.computeIfAbsent(value, v -> dictionary.size()));
    }
    json.writeStartObject();
    json.writeArrayFieldStart("dict");
    for (Object value : dictionary.keySet()) {
      json.writeString(value.toString());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("at");
    for (int position : positions) {
      json.writeNumber(position);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes one value as the table's columns hold it. */
  static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Number number) {
      Numbers.write(json, number.doubleValue(), DIGITS);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }
}
