package org.phasemap.chart.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.query.ParquetAnswer;

/** A file of exactly what a chart shows. */
enum Export {
  /** RFC 4180 with a header; every digit; empty for null. */
  CSV("text/csv; charset=utf-8", "csv") {
    @Override
    byte[] bytes(Columns table) {
      StringBuilder text = new StringBuilder();
      line(text, List.copyOf(table.values().keySet()));
      for (int i = 0; i < table.size(); i++) {
        int row = i;
        line(text, table.values().values().stream().map(column -> shown(column.get(row))).toList());
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  },
  PARQUET("application/vnd.apache.parquet", "parquet") {
    @Override
    byte[] bytes(Columns table) {
      return ParquetAnswer.of(table.values());
    }
  };

  private final String type;
  private final String ending;

  Export(String type, String ending) {
    this.type = type;
    this.ending = ending;
  }

  /** The name that requests use. */
  String id() {
    return ending;
  }

  abstract byte[] bytes(Columns table);

  /**
   * The answer that a browser saves.
   *
   * @param name of the file, without its ending: letters, digits and dashes
   */
  Answer answer(String name, Columns table) {
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            type,
            "Content-Disposition",
            "attachment; filename=\"" + name + "." + ending + "\""),
        bytes(table));
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(String.join(",", cells.stream().map(Export::quoted).toList())).append("\r\n");
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
