package org.phasemap.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints rows in one of the formats. */
final class RowsPrinter {
  private static final int WIDEST = 40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Rows rows;

  RowsPrinter(Rows rows) {
    this.rows = rows;
  }

  void print(PrintStream out, Format format) {
    switch (format) {
      case TABLE -> table(out);
      case CSV -> csv(out);
      case JSON -> json(out);
    }
    out.flush();
  }

  private void table(PrintStream out) {
    int width = rows.columns().size();
    List<List<String>> lines = new ArrayList<>();
    lines.add(rows.columns());
    boolean[] numeric = new boolean[width];
    for (Rows.Row row : rows) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        numeric[i] |= row.at(i) instanceof Number;
        line.add(shortText(row.at(i)));
      }
      lines.add(line);
    }
    int[] widths = new int[width];
    for (List<String> line : lines) {
      for (int i = 0; i < width; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (int n = 0; n < lines.size(); n++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < width; i++) {
        String format = numeric[i] ? "%" + widths[i] + "s" : "%-" + widths[i] + "s";
        text.append(i == 0 ? "" : "  ").append(format.formatted(lines.get(n).get(i)));
      }
      out.println(text.toString().stripTrailing());
      if (n == 0) {
        int total = Arrays.stream(widths).sum() + 2 * Math.max(0, width - 1);
        out.println("-".repeat(total));
      }
    }
    out.println("(" + rows.size() + (rows.size() == 1 ? " row)" : " rows)"));
  }

  private static String shortText(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text =
        value instanceof List<?> list
            ? list.stream().map(RowsPrinter::shortText).collect(Collectors.joining(", ", "[", "]"))
            : value instanceof Double || value instanceof Float
                ? significant(((Number) value).doubleValue())
                : value.toString().replaceAll("\\s", " ");
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  private static String significant(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e7)) {
      return String.format(Locale.ROOT, "%.5e", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    return rounded.toPlainString();
  }

  private void csv(PrintStream out) {
    out.print(rows.columns().stream().map(RowsPrinter::field).collect(Collectors.joining(",")));
    out.print("\r\n");
    for (Rows.Row row : rows) {
      for (int i = 0; i < rows.columns().size(); i++) {
        out.print((i == 0 ? "" : ",") + field(exactText(row.at(i))));
      }
      out.print("\r\n");
    }
  }

  private static String exactText(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    try {
      return value instanceof List<?> list ? JSON.writeValueAsString(list) : value.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String field(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void json(PrintStream out) {
    try {
      out.print("[");
      for (int n = 0; n < rows.size(); n++) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
          generator.writeStartObject();
          for (int i = 0; i < rows.columns().size(); i++) {
            generator.writeFieldName(rows.columns().get(i));
            write(generator, rows.row(n).at(i));
          }
          generator.writeEndObject();
        }
        out.print((n == 0 ? "\n" : ",\n") + text);
      }
      out.println("\n]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      generator.writeObject(value);
    } else {
      generator.writeString(value.toString());
    }
  }
}
