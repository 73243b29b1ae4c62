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
import org.phasemap.network.PlainText;

/** Prints rows in one of the formats; CSV and JSON as they come, none held in memory. */
public final class RowsPrinter {
  private static final int WIDEST = 40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> columns;
  private final Iterable<? extends List<? extends @Nullable Object>> rows;

  /** Rows have a value a column: a number, a text, a list of them or null. */
  public RowsPrinter(
      List<String> columns, Iterable<? extends List<? extends @Nullable Object>> rows) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /** Prints every row and flushes. */
  public void print(PrintStream out, Format format) {
    switch (format) {
      case TABLE -> table(out);
      case CSV -> csv(out);
      case JSON -> json(out);
    }
    out.flush();
  }

  private void table(PrintStream out) {
    int width = columns.size();
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(PlainText::of).toList());
    boolean[] numeric = new boolean[width];
    for (List<? extends @Nullable Object> row : rows) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        numeric[i] |= row.get(i) instanceof Number;
        line.add(shortText(row.get(i)));
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
    int count = lines.size() - 1;
    out.println("(" + count + (count == 1 ? " row)" : " rows)"));
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
                : PlainText.of(value.toString()).replaceAll("\\s", " ");
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
    out.print(columns.stream().map(RowsPrinter::field).collect(Collectors.joining(",")));
    out.print('\n');
    for (List<? extends @Nullable Object> row : rows) {
      for (int i = 0; i < columns.size(); i++) {
        out.print((i == 0 ? "" : ",") + field(exactText(row.get(i))));
      }
      out.print('\n');
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
      String before = "\n";
      for (List<? extends @Nullable Object> row : rows) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
          generator.writeStartObject();
          for (int i = 0; i < columns.size(); i++) {
            generator.writeFieldName(columns.get(i));
            write(generator, row.get(i));
          }
          generator.writeEndObject();
        }
        out.print(before + text);
        before = ",\n";
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
