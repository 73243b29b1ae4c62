package org.phasemap.data;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;

/** Comma-separated text with a header; numbers, and a label in one column. */
final class CsvFile {
  /** So many digits are always a whole number that float64 holds. */
  private static final int EXACT_DIGITS = 15;

  private final String file;
  private final CsvText text;

  private CsvFile(String file, CsvText text) {
    this.file = file;
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @param label column that holds the class; null where all columns are numbers
   */
  static Table read(FileAccess files, String file, @Nullable String label, ContentHash hash) {
    byte[] content = hash.add(files.read(file));
    return new CsvFile(file, new CsvText(file, content)).table(label);
  }

  private Table table(@Nullable String label) {
    List<String> columns = header();
    int labelAt = Table.labelColumn(file, columns, label);
    List<String> numeric = new ArrayList<>(columns);
    if (labelAt >= 0) {
      numeric.remove(labelAt);
    }
    Table table = new Table(file, numeric);
    for (List<String> row = text.next(); !row.isEmpty(); row = text.next()) {
      add(row, columns.size(), labelAt, table);
    }
    return table;
  }

  private List<String> header() {
    List<String> columns = text.next();
    if (columns.isEmpty()) {
      throw new UserException(file + ": is empty; expected a header and rows");
    }
    int unnamed = columns.indexOf("");
    if (unnamed >= 0) {
      throw wrong("column " + (unnamed + 1) + " has no name; expected a header");
    }
    // Columns may be numbered, but a row of measured numbers is no header.
    if (columns.stream().allMatch(CsvFile::isDecimal)
        && !columns.stream().allMatch(CsvFile::isWhole)) {
      throw wrong("holds numbers; expected the columns' names");
    }
    return columns;
  }

  private void add(List<String> row, int width, int labelAt, Table table) {
    if (row.size() != width) {
      throw wrong(
          String.format(
              "%d cells; expected %d, one for each column of the header", row.size(), width));
    }
    for (int i = 0; i < width; i++) {
      if (i != labelAt) {
        addNumber(row.get(i).strip(), table);
      }
    }
    if (labelAt >= 0 && row.get(labelAt).isBlank()) {
      throw wrong("has no label; expected a class");
    }
    table.endRow(labelAt < 0 ? null : row.get(labelAt), text.line());
  }

  private void addNumber(String cell, Table table) {
    if (cell.isEmpty()) {
      throw table.wrong(text.line(), "is empty; expected a finite number");
    }
    double number = decimal(cell);
    if (Double.isNaN(number)) {
      throw table.wrong(
          text.line(), "is '" + Shown.of(cell) + "'; expected a finite decimal number");
    }
    if (Double.isInfinite(number) || (number == 0 && !isZero(cell))) {
      throw table.wrong(
          text.line(),
          "is " + Shown.of(cell) + "; expected 0, or a magnitude from 4.9e-324 to 1.8e308");
    }
    if (cell.length() > EXACT_DIGITS && isWhole(cell)) {
      table.add(new BigInteger(cell), text.line());
    } else {
      table.add(number, text.line());
    }
  }

  /** The nearest double, or NaN for what is no decimal. */
  private static double decimal(String cell) {
    try {
      return DecimalText.number(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isDecimal(String cell) {
    return !Double.isNaN(decimal(cell));
  }

  private static boolean isWhole(String decimal) {
    return decimal.indexOf('.') < 0 && decimal.indexOf('e') < 0 && decimal.indexOf('E') < 0;
  }

  /** Whether there is no digit but 0 before the exponent. */
  private static boolean isZero(String decimal) {
    for (int i = 0; i < decimal.length(); i++) {
      char c = decimal.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (c >= '1' && c <= '9') {
        return false;
      }
    }
    return true;
  }

  /** A mistake in a row. */
  private UserException wrong(String problem) {
    return new UserException(file + ":" + text.line() + ": " + problem);
  }
}
