package org.phasemap.cli.theory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.UserException;

/** Reads a CSV file (RFC 4180): quoted fields may hold commas, quotes and line ends. */
public final class CsvTable {
  private final String text;
  private final String file;
  private int at;
  private int line = 1;

  private CsvTable(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * A record of the file.
   *
   * @param line on which it begins, from 1
   * @param fields of the record
   */
  public record Line(int line, List<String> fields) {}

  /** Every record that is not blank, the header first. */
  public static List<Line> read(String file) {
    String text;
    try {
      text = Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": is not UTF-8 text; allowed: a CSV file", e);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": no such file; allowed: a CSV file", e);
    } catch (IOException | InvalidPathException e) {
      throw new UserException(file + ": cannot be read; allowed: a CSV file", e);
    }
    return new CsvTable(file, text.startsWith("\uFEFF") ? text.substring(1) : text).lines();
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    while (at < text.length()) {
      int first = line;
      List<String> fields = record();
      if (fields.size() > 1 || !fields.get(0).isBlank()) {
        lines.add(new Line(first, fields));
      }
    }
    return lines;
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(text.startsWith("\"", at) ? quoted() : plain());
      if (!text.startsWith(",", at)) {
        break;
      }
      at++;
    }
    if (text.startsWith("\r", at)) {
      at++;
    }
    if (text.startsWith("\n", at)) {
      at++;
    }
    line++;
    return fields;
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    int first = line;
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && !text.startsWith("\"", at)) {
        // What follows the closing quote up to the comma belongs to the field.
        return field.append(plain()).toString();
      }
      at += c == '"' ? 1 : 0;
      line += c == '\n' ? 1 : 0;
      field.append(c);
    }
    throw new UserException(
        file + ":" + first + ": a quoted field does not end; allowed: quotes in pairs");
  }
}
