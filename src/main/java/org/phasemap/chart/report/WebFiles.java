package org.phasemap.chart.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The files that a page is made of: those of {@code dashboards/web}, and ECharts. */
public final class WebFiles {
  private static final String ECHARTS_POM = "/META-INF/maven/org.mvnpm/echarts/pom.properties";
  private static final String ECHARTS =
      "/META-INF/resources/_static/echarts/%s/dist/echarts.min.js";

  private static final String INTER_POM =
      "/META-INF/maven/org.mvnpm.at.fontsource/inter/pom.properties";
  private static final String INTER = "/META-INF/resources/_static/inter/%s/files/";
  private static final String FOLDER = "/org/phasemap/chart/web/";

  /** Where addresses of the page's typeface begin. */
  private static final String FONTS = "fonts/";

  private WebFiles() {}

  /**
   * A file of {@code dashboards/web}.
   *
   * @throws IllegalStateException if there is none
   */
  public static String text(String name) {
    return read(FOLDER + name);
  }

  /** Whether there is a file of that name, or a font {@code fonts/NAME.woff2}. */
  public static boolean has(String name) {
    return WebFiles.class.getResource(path(name)) != null;
  }

  /**
   * The bytes of a file of {@code dashboards/web}, or of a font {@code fonts/NAME.woff2} of the
   * typeface Inter.
   *
   * @throws IllegalStateException if there is none
   */
  public static byte[] bytes(String name) {
    try (InputStream in = open(path(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(String name) {
    return name.startsWith(FONTS)
        ? INTER.formatted(version(INTER_POM)) + name.substring(FONTS.length())
        : FOLDER + name;
  }

  /** The library that draws. */
  public static String echarts() {
    return read(ECHARTS.formatted(version(ECHARTS_POM)));
  }

  private static String version(String descriptor) {
    Properties pom = new Properties();
    try (InputStream in = open(descriptor)) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pom.getProperty("version");
  }

  private static String read(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = WebFiles.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("not on the class path: " + path);
    }
    return in;
  }
}
