package org.phasemap.cli.theory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.phasemap.network.UserException;

/**
 * One row of a table of reference values.
 *
 * @param id names the row in messages; its line where the table has no ids
 * @param key which quantity
 * @param arch architecture or activation
 * @param parameters as {@code name=value;…}
 * @param value expected
 * @param toleranceType {@code abs} or {@code rel}
 * @param tolerance of the value, or of its size
 */
record ReferenceRow(
    String id,
    String key,
    String arch,
    String parameters,
    double value,
    String toleranceType,
    double tolerance) {
  private static final List<String> NEEDED =
      List.of("key", "arch", "parameters", "value", "tol_type", "tol");

  /** Whether a computed value is within the tolerance. */
  boolean accepts(double computed) {
    double allowed = toleranceType.equals("rel") ? tolerance * Math.abs(value) : tolerance;
    return computed == value || Math.abs(computed - value) <= allowed;
  }

  /**
   * Reads a CSV file (RFC 4180).
   *
   * @throws UserException where the file cannot be read, lacks a column, or has a cell that is no
   *     number
   */
  static List<ReferenceRow> read(Path file) {
    List<List<String>> lines = CsvReader.parse(text(file));
    if (lines.isEmpty()) {
      throw new UserException(file + ": empty; needs the columns " + String.join(", ", NEEDED));
    }
    List<String> header = lines.get(0).stream().map(String::strip).toList();
    List<String> missing = NEEDED.stream().filter(c -> !header.contains(c)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          file
              + ": missing column "
              + String.join(", ", missing)
              + "; needs "
              + String.join(", ", NEEDED));
    }
    List<ReferenceRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      rows.add(row(file, i + 1, header, lines.get(i)));
    }
    return rows;
  }

  private static ReferenceRow row(Path file, int line, List<String> header, List<String> cells) {
    if (cells.size() != header.size()) {
      throw new UserException(
          file
              + ", row "
              + line
              + ": "
              + cells.size()
              + " cells, but "
              + header.size()
              + " columns");
    }
    String where = file + ", row " + line;
    String type = cell(header, cells, "tol_type").toLowerCase(Locale.ROOT);
    if (!type.equals("abs") && !type.equals("rel")) {
      throw new UserException(where + ": tol_type must be abs or rel: '" + type + "'");
    }
    double tolerance = number(where, "tol", cell(header, cells, "tol"));
    if (!(tolerance >= 0)) {
      throw new UserException(where + ": tol must be >= 0: " + tolerance);
    }
    String id = header.contains("id") ? cell(header, cells, "id") : "row " + line;
    return new ReferenceRow(
        id,
        cell(header, cells, "key"),
        cell(header, cells, "arch"),
        cell(header, cells, "parameters"),
        number(where, "value", cell(header, cells, "value")),
        type,
        tolerance);
  }

  private static String cell(List<String> header, List<String> cells, String column) {
    return cells.get(header.indexOf(column)).strip();
  }

  private static double number(String where, String column, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UserException(where + ": " + column + " must be a number: '" + text + "'", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserException("no such file: " + file, e);
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": not UTF-8 text", e);
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
