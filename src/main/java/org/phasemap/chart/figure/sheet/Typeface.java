package org.phasemap.chart.figure.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Liberation Sans (SIL Open Font License 1.1), which PDFBox brings: as wide as Arial and Helvetica,
 * which journals ask for. Variables are the same letters slanted, as Helvetica's oblique is.
 */
public final class Typeface {
  /** Height of a capital over the size. */
  public static final double CAPITAL = 0.69;

  /** tan 12°, by which Helvetica's oblique leans. */
  static final double SLANT = 0.2126;

  private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  /** What a browser needs of a font; kerning and substitutions would be ten times as much. */
  private static final List<String> TABLES =
      List.of(
          "OS/2", "cmap", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name",
          "post", "prep");

  private static final Typeface ONLY = new Typeface();

  private final TrueTypeFont font;
  private final CmapLookup glyphs;
  private final double unitsPerEm;

  private Typeface() {
    try (InputStream in = open()) {
      font = new TTFParser().parse(new RandomAccessReadBuffer(in));
      glyphs = font.getUnicodeCmapLookup();
      unitsPerEm = font.getUnitsPerEm();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  public static Typeface only() {
    return ONLY;
  }

  /** The font's file. */
  static InputStream open() {
    InputStream in = PDDocument.class.getResourceAsStream(FILE);
    if (in == null) {
      throw new IllegalStateException("PDFBox has no " + FILE);
    }
    return in;
  }

  /** Whether it has a letter. */
  public boolean has(int codePoint) {
    return glyphs.getGlyphId(codePoint) != 0;
  }

  /** How wide a text is at a size, in the size's unit. */
  double width(String text, double size) {
    int units =
        text.codePoints()
            .map(
                c -> {
                  try {
                    return font.getAdvanceWidth(glyphs.getGlyphId(c));
                  } catch (IOException e) {
                    throw new UncheckedIOException(FILE, e);
                  }
                })
            .sum();
    return units * size / unitsPerEm;
  }

  /** A font file of these letters alone. */
  byte[] subset(Set<Integer> codePoints) {
    try {
      TTFSubsetter subsetter = new TTFSubsetter(font, TABLES);
      subsetter.addAll(codePoints);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      subsetter.writeToStream(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }
}
