package org.phasemap.chart.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The files that a page is made of: those of {@code dashboards/web}, and ECharts. */
final class WebFiles {
  private static final String ECHARTS_POM = "/META-INF/maven/org.mvnpm/echarts/pom.properties";
  private static final String ECHARTS =
      "/META-INF/resources/_static/echarts/%s/dist/echarts.min.js";

  private WebFiles() {}

  /**
   * A file of {@code dashboards/web}.
   *
   * @throws IllegalStateException if there is none
   */
  static String text(String name) {
    return read("/org/phasemap/chart/web/" + name);
  }

  /** The library that draws. */
  static String echarts() {
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
