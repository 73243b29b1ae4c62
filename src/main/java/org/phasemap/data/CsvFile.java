package org.phasemap.data;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;

/** Comma-separated text in UTF-8 with a header; numbers, and a label in one column. */
final class CsvFile {
  private static final int MOST_COLUMNS = 100_000;
  private static final int SHOWN = 40;

  private final String file;
  private final CsvParser parser;

  private CsvFile(String file) {
    this.file = file;
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setReadInputOnSeparateThread(false);
    settings.setCommentProcessingEnabled(false);
    parser = new CsvParser(settings);
  }

  /**
   * Reads a file.
   *
   * @param label column that holds the class; null where all columns are numbers
   */
  static Table read(String file, @Nullable String label, ContentHash hash) {
    byte[] content = hash.add(DataFile.read(file));
    try {
      return new CsvFile(file).table(content, label);
    } catch (TextParsingException e) {
      throw new UserException(
          String.format(
              "%s:%d: cannot be split into cells; expected at most %d columns, of at most 4096"
                  + " characters, and closed quotes",
              file, e.getLineIndex() + 1, MOST_COLUMNS),
          e);
    }
  }

  private Table table(byte[] content, @Nullable String label) {
    parser.beginParsing(new ByteArrayInputStream(content), StandardCharsets.UTF_8);
    String[] header = parser.parseNext();
    if (header == null) {
      throw new UserException(file + ": is empty; expected a header and rows");
    }
    List<String> columns = columns(header);
    int labelAt = Table.labelColumn(file, columns, label);
    List<String> numeric = new ArrayList<>(columns);
    if (labelAt >= 0) {
      numeric.remove(labelAt);
    }
    Table table = new Table(file, numeric);
    for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
      add(row, columns.size(), labelAt, table);
    }
    return table;
  }

  private List<String> columns(String[] header) {
    List<String> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.length; i++) {
      String name = header[i];
      if (name == null) {
        throw new UserException(file + ":1: column " + (i + 1) + " has no name; expected a header");
      }
      if (!seen.add(name)) {
        throw new UserException(file + ":1: two columns are called " + name + "; expected one");
      }
      columns.add(name);
    }
    return columns;
  }

  private void add(String[] row, int width, int labelAt, Table table) {
    long line = parser.getContext().currentLine();
    if (row.length != width) {
      throw new UserException(
          String.format(
              "%s:%d: %d cells; expected %d, one for each column of the header",
              file, line, row.length, width));
    }
    String label = null;
    int column = 0;
    for (int i = 0; i < width; i++) {
      if (i == labelAt) {
        label = row[i];
        if (label == null) {
          throw new UserException(file + ":" + line + ": has no label; expected a class");
        }
      } else {
        table.add(number(row[i], line, column++, table), line);
      }
    }
    table.endRow(label);
  }

  private static double number(@Nullable String cell, long line, int column, Table table) {
    if (cell == null) {
      throw table.wrong(line, column, "is empty; expected a finite number");
    }
    try {
      // Java would take 1f, 0x1p3 and NaN too.
      if (!Character.isLetter(cell.charAt(cell.length() - 1))) {
        return Double.parseDouble(cell);
      }
    } catch (NumberFormatException e) {
      throw notANumber(cell, line, column, table);
    }
    throw notANumber(cell, line, column, table);
  }

  private static UserException notANumber(String cell, long line, int column, Table table) {
    String shown = cell.length() > SHOWN ? cell.substring(0, SHOWN) + "…" : cell;
    return table.wrong(line, column, "is '" + shown + "'; expected a finite number");
  }
}
