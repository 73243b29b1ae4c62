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

  private static final String FOLDER = "/org/phasemap/chart/web/";

  private WebFiles() {}

  /**
   * A file of {@code dashboards/web}.
   *
   * @throws IllegalStateException if there is none
   */
  public static String text(String name) {
    return read(FOLDER + name);
  }

  /** Whether there is a file of that name. */
  public static boolean has(String name) {
    return WebFiles.class.getResource(FOLDER + name) != null;
  }

  /**
   * The bytes of a file of {@code dashboards/web}, such as a font.
   *
   * @throws IllegalStateException if there is none
   */
  public static byte[] bytes(String name) {
    try (InputStream in = open(FOLDER + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The library that draws. */
  public static String echarts() {
    Properties pom = new Properties();
    try (InputStream in = open(ECHARTS_POM)) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read(ECHARTS.formatted(pom.getProperty("version")));
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
