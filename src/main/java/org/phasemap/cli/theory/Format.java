package org.phasemap.cli.theory;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a table is printed. */
enum Format {
  /** Aligned columns, six digits. */
  TABLE {
    @Override
    void print(Table table, PrintWriter out) {
      List<List<String>> cells =
          table.rows().stream().map(row -> row.stream().map(Format::rounded).toList()).toList();
      int[] width = new int[table.columns().size()];
      for (int i = 0; i < width.length; i++) {
        width[i] = table.columns().get(i).length();
        for (List<String> row : cells) {
          width[i] = Math.max(width[i], row.get(i).length());
        }
      }
      out.println(line(table.columns(), width));
      cells.forEach(row -> out.println(line(row, width)));
    }
  },
  /** RFC 4180, every digit; no number is {@code NaN}. */
  CSV {
    @Override
    void print(Table table, PrintWriter out) {
      out.println(String.join(",", table.columns()));
      for (List<Object> row : table.rows()) {
        out.println(row.stream().map(Format::field).collect(Collectors.joining(",")));
      }
    }
  },
  /** An array of objects, every digit; no number is null, infinity is 1e999. */
  JSON {
    @Override
    void print(Table table, PrintWriter out) {
      out.println("[");
      for (int r = 0; r < table.rows().size(); r++) {
        StringBuilder object = new StringBuilder("  {");
        for (int i = 0; i < table.columns().size(); i++) {
          object
              .append(i == 0 ? "" : ", ")
              .append(quoted(table.columns().get(i)))
              .append(": ")
              .append(value(table.rows().get(r).get(i)));
        }
        out.println(object.append(r + 1 < table.rows().size() ? "}," : "}"));
      }
      out.println("]");
    }
  };

  abstract void print(Table table, PrintWriter out);

  private static String line(List<String> cells, int[] width) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < width.length; i++) {
      String cell = cells.get(i);
      line.append(i == 0 ? "" : "  ").append(" ".repeat(width[i] - cell.length())).append(cell);
    }
    return line.toString();
  }

  private static String rounded(Object cell) {
    if (!(cell instanceof Double number)) {
      return cell.toString();
    }
    if (!Double.isFinite(number)) {
      return number.isNaN() ? "-" : (number > 0 ? "inf" : "-inf");
    }
    String digits = String.format(Locale.ROOT, "%.6g", number);
    if (number == Math.rint(number) && Math.abs(number) < 1e6) {
      return Long.toString(Math.round(number));
    }
    return digits.contains("e") || !digits.contains(".")
        ? digits
        : digits.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private static String field(Object cell) {
    String text = cell.toString();
    return text.contains(",") || text.contains("\"") ? quotedCsv(text) : text;
  }

  private static String quotedCsv(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String value(Object cell) {
    if (cell instanceof Double number && !Double.isFinite(number)) {
      return number.isNaN() ? "null" : (number > 0 ? "1e999" : "-1e999");
    }
    return cell instanceof Number || cell instanceof Boolean
        ? cell.toString()
        : quoted(cell.toString());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
