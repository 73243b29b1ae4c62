package org.phasemap.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.UserException;

/**
 * Comma-separated text in UTF-8, split into rows of cells as RFC 4180 says. Lines end with LF, CRLF
 * or CR, all of them in one file if need be; blank lines are left out; spaces and tabs around a
 * cell do not belong to it. A cell that starts with a quote ends with one, and holds anything
 * between them, a doubled quote for a quote.
 *
 * <p>Parsers at hand keep silent about a quote that is never closed and about bytes that are not
 * UTF-8, and rows or classes are lost.
 */
public final class CsvText {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int CHARS = 1 << 13;
  private static final int FIRST_PRINTED = 0x20;
  private static final int DELETE = 0x7F;

  private final String file;
  private final byte[] text;
  private int at;
  private int line = 1;
  private int lineStart;
  private int rowLine;
  private int width = 1;

  /**
   * The rows of a text.
   *
   * @param file for messages
   * @throws UserException if it is not UTF-8, or holds control characters
   */
  CsvText(String file, byte[] text) {
    this.file = file;
    this.text = text;
    checkCharacters();
    if (text.length >= MARK.length
        && text[0] == MARK[0]
        && text[1] == MARK[1]
        && text[2] == MARK[2]) {
      at = MARK.length;
      lineStart = at;
    }
  }

  /**
   * The rows of a file.
   *
   * @throws UserException if it cannot be read, is not UTF-8, or holds control characters
   */
  public static CsvText of(String file) {
    return new CsvText(file, FileAccess.PLAIN.read(file));
  }

  /**
   * The next row that is not blank.
   *
   * @return its cells, empty texts where there is nothing; no cells after the last row
   */
  public List<String> next() {
    skipBlankLines();
    rowLine = line;
    List<String> row = new ArrayList<>(width);
    if (at < text.length) {
      row.add(cell());
      while (at < text.length && text[at] == ',') {
        at++;
        row.add(cell());
      }
      endLine();
      width = row.size();
    }
    return row;
  }

  /** The line where the row given last starts, from 1. */
  public int line() {
    return rowLine;
  }

  private void skipBlankLines() {
    int from = at;
    skipSpaces();
    while (at < text.length && isLineEnd()) {
      endLine();
      from = at;
      skipSpaces();
    }
    if (at < text.length) {
      at = from;
    }
  }

  private String cell() {
    skipSpaces();
    if (at < text.length && text[at] == '"') {
      return quoted();
    }
    int from = at;
    while (at < text.length && text[at] != ',' && !isLineEnd()) {
      at++;
    }
    int to = at;
    while (to > from && isSpace(to - 1)) {
      to--;
    }
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  private String quoted() {
    int opening = at;
    int openingLine = line;
    int openingLineStart = lineStart;
    ByteArrayOutputStream cell = new ByteArrayOutputStream();
    at++;
    while (at < text.length) {
      if (isLineEnd()) {
        endLine();
        cell.write('\n');
      } else if (text[at] != '"') {
        cell.write(text[at++]);
      } else if (at + 1 < text.length && text[at + 1] == '"') {
        cell.write('"');
        at += 2;
      } else {
        at++;
        skipSpaces();
        if (at < text.length && text[at] != ',' && !isLineEnd()) {
          throw wrong("text follows a closing quote; expected , or the end of the line");
        }
        return cell.toString(StandardCharsets.UTF_8);
      }
    }
    at = opening;
    line = openingLine;
    lineStart = openingLineStart;
    throw wrong("a quote opens here and is never closed; expected \" at the end of the cell");
  }

  private void skipSpaces() {
    while (at < text.length && isSpace(at)) {
      at++;
    }
  }

  private boolean isSpace(int place) {
    return text[place] == ' ' || text[place] == '\t';
  }

  private boolean isLineEnd() {
    return text[at] == '\n' || text[at] == '\r';
  }

  /** Goes to the start of the next line; stays at the end of the text. */
  private void endLine() {
    if (at < text.length) {
      boolean pair = text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n';
      at += pair ? 2 : 1;
      line++;
      lineStart = at;
    }
  }

  private void checkCharacters() {
    int end = validLength();
    while (at < end) {
      if (isLineEnd()) {
        endLine();
      } else if ((text[at] >= 0 && text[at] < FIRST_PRINTED && text[at] != '\t')
          || text[at] == DELETE) {
        throw wrong(
            String.format("has the control character U+%04X; expected text", (int) text[at]));
      } else {
        at++;
      }
    }
    if (end < text.length) {
      throw wrong(
          String.format("byte 0x%02X is not UTF-8; expected text in UTF-8", text[end] & 0xFF));
    }
    at = 0;
    line = 1;
    lineStart = 0;
  }

  /** The number of bytes before the first that is not UTF-8. */
  private int validLength() {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(text);
    CharBuffer characters = CharBuffer.allocate(CHARS);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      characters.clear();
      result = decoder.decode(bytes, characters, true);
    }
    return bytes.position();
  }

  /** A mistake at this place. */
  private UserException wrong(String problem) {
    int column = 1;
    for (int i = lineStart; i < at; i++) {
      column += (text[i] & 0xC0) == 0x80 ? 0 : 1; // bytes that continue a character do not count
    }
    return new UserException(String.format("%s:%d:%d: %s", file, line, column, problem));
  }
}
