package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.chart.dashboard.ShownSweeps.WHOLE;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.phasemap.chart.report.Chromium;
import org.phasemap.query.Limits;

/**
 * The dashboard as its readers have it: a browser, and the real server over {@link ShownSweeps}.
 * Both are started once for all classes of tests that extend this.
 */
@ExtendWith(DashboardPage.Once.class)
abstract class DashboardPage {
  static final String MAP = "view=map&s=" + WHOLE;

  /** Theory's lines cost seconds for each new law: two tests look at them. */
  static final String NO_LINES = "&hide=boundaries,edge,scales,measured";

  /** Of one page on a machine that does much else. */
  static final int PATIENCE_MS = 90_000;

  final Shown shown;
  final String address;
  private final List<String> complaints = new ArrayList<>();
  private @Nullable Page opened;

  DashboardPage(Shown shown) {
    this.shown = shown;
    this.address = shown.address;
  }

  /** A server and a browser. */
  static final class Shown implements AutoCloseable {
    private final Path folder;
    private final String address;
    private final Chromium chromium;
    private final ShownSweeps sweeps;
    private final DashboardServer server;

    private Shown() throws Exception {
      chromium = Chromium.launch();
      folder = Files.createTempDirectory("phasemap-shown-");
      sweeps = new ShownSweeps(folder);
      DashboardServer.Settings settings =
          new DashboardServer.Settings(
              List.of(sweeps.root().toString()),
              "",
              List.of(),
              0,
              false,
              new Limits(Duration.ofSeconds(30), 1000));
      List<String> announced = new ArrayList<>();
      server =
          DashboardServer.start(settings, new Configuration(), ShownSweeps::target, announced::add);
      address = announced.get(0);
    }

    Browser browser() {
      return chromium.browser();
    }

    ShownSweeps sweeps() {
      return sweeps;
    }

    @Override
    public void close() throws IOException {
      chromium.close();
      server.close();
      sweeps.close();
      TemporaryFolder.delete(folder);
    }
  }

  /** For all classes. */
  static final class Once extends OneForAll<Shown> implements BeforeAllCallback {
    Once() {
      super(Shown.class, Shown::new);
    }

    /** Without a browser, the class is skipped: only here. */
    @Override
    public void beforeAll(ExtensionContext context) {
      of(context);
    }
  }

  @AfterEach
  void nothingWentWrong() {
    if (opened != null) {
      opened.close();
    }
    assertThat(complaints).isEmpty();
  }

  Page open(String fragment) {
    return open(fragment, 1440, ColorScheme.LIGHT);
  }

  Page open(String fragment, int width, ColorScheme scheme) {
    Page page =
        shown
            .browser()
            .newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setColorScheme(scheme));
    opened = page;
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> complaints.add("dialog: " + dialog.message()));
    page.onRequest(
        request -> {
          if (!request.url().startsWith(address) && !request.url().startsWith("data:")) {
            complaints.add("elsewhere: " + request.url());
          }
        });
    page.navigate(address + "#" + fragment);
    settle(page);
    return page;
  }

  /** Waits until all that was asked for is drawn. */
  static void settle(Page page) {
    page.waitForSelector("html[data-ready][data-busy=false]");
    assertThat(page.locator("#complaint").textContent()).isEmpty();
  }

  static Locator map(Page page, int k) {
    return page.locator(".panels .chart").nth(k);
  }

  /** A place on a map, as a share of its width and height. */
  static double[] at(Page page, int k, double x, double y) {
    BoundingBox box = map(page, k).boundingBox();
    return new double[] {box.x + x * box.width, box.y + y * box.height};
  }

  static String text(Page page, String selector) {
    return page.locator(selector).innerText();
  }

  static byte[] saved(Page page, String kind) throws Exception {
    page.locator(".section-head .save-menu summary").click();
    Download download =
        page.waitForDownload(() -> page.click(".section-head [data-save='" + kind + "']"));
    return Files.readAllBytes(download.path());
  }
}
