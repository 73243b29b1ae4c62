package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;

/** Splits CSV text into cells (RFC 4180); blank lines are skipped. */
final class CsvReader {
  private final String text;
  private int at;

  private CsvReader(String text) {
    this.text = text;
  }

  static List<List<String>> parse(String text) {
    CsvReader reader = new CsvReader(text.startsWith("\uFEFF") ? text.substring(1) : text);
    List<List<String>> lines = new ArrayList<>();
    while (reader.at < reader.text.length()) {
      List<String> line = reader.line();
      if (line.size() > 1 || !line.get(0).isBlank()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private List<String> line() {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(peek() == '"' ? quoted() : plain());
      char end = peek();
      if (end == ',') {
        at++;
        continue;
      }
      at += end == '\r' ? 1 : 0;
      at += peek() == '\n' ? 1 : 0;
      return cells;
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next != '"') {
        cell.append(next);
      } else if (peek() == '"') {
        cell.append('"');
        at++;
      } else {
        break;
      }
    }
    return cell + plain();
  }

  /** The next character, or a line's end at the text's. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\n';
  }
}
