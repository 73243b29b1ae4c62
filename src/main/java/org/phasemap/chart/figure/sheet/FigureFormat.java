package org.phasemap.chart.figure.sheet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of files that a figure can be. Equal pictures give equal bytes. */
public enum FigureFormat {
  PDF {
    @Override
    public byte[] bytes(Picture picture, int dotsPerInch) {
      try {
        return PdfFile.bytes(picture);
      } catch (IOException e) {
        throw new UncheckedIOException("In memory", e);
      }
    }
  },
  SVG {
    @Override
    public byte[] bytes(Picture picture, int dotsPerInch) {
      return SvgFile.bytes(picture);
    }
  },
  PNG {
    @Override
    public byte[] bytes(Picture picture, int dotsPerInch) {
      try {
        return PngFile.bytes(picture, dotsPerInch);
      } catch (IOException e) {
        throw new UncheckedIOException("In memory", e);
      }
    }
  };

  /** The format of a file by its name, if it is one. */
  public static Optional<FigureFormat> of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(f -> name.endsWith(f.ending())).findFirst();
  }

  /** What a file's name may end with, in words. */
  public static String endings() {
    List<String> all = Arrays.stream(values()).map(FigureFormat::ending).toList();
    int last = all.size() - 1;
    return String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  private String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /**
   * The file of a figure.
   *
   * @param dotsPerInch of pixels; the others have none
   */
  public abstract byte[] bytes(Picture picture, int dotsPerInch);
}
