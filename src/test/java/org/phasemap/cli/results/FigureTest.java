package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.chart.figure.sheet.FigureFormat;
import org.phasemap.cli.Ran;
import org.phasemap.store.HostileFolder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import picocli.CommandLine;

/** {@code figure}: its files hold the tables' numbers, and letters that are embedded. */
class FigureTest {
  private static final String KEPT = HostileFolder.KEPT.toString();

  @TempDir private Path folder = Path.of("");

  private Ran figure(String file, String... options) {
    List<String> arguments = new ArrayList<>(List.of("figure", KEPT));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--out", folder.resolve(file).toString()));
    return Ran.of(arguments.toArray(new String[0]));
  }

  private byte[] drawn(String file, String... options) throws IOException {
    Ran ran = figure(file, options);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return Files.readAllBytes(folder.resolve(file));
  }

  private List<Element> groups(byte[] svg, String name) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    NodeList all = document.getElementsByTagName("g");
    List<Element> groups = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element group = (Element) all.item(i);
      if (group.getAttribute("class").equals(name)) {
        groups.add(group);
      }
    }
    return groups;
  }

  private static Map<String, Double> measured(String column) {
    String sql = "select cell_id, " + column + " from cells where " + column + " is not null";
    Map<String, Double> values = new HashMap<>();
    Ran.of("query", KEPT, sql, "--format", "csv")
        .out()
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(parts -> values.put(parts[0], Double.parseDouble(parts[1])));
    return values;
  }

  @Test
  void aMapHasTheValuesOfTheTable() throws Exception {
    byte[] svg =
        drawn("map.svg", "--map", "ln_gradient_gain", "--facet", "activation,keep_probability");
    Map<String, Double> measured = measured("ln_gradient_gain_mean");

    List<Element> cells = groups(svg, "cell");
    assertThat(cells).hasSize(16).hasSameSizeAs(measured.keySet());
    for (Element cell : cells) {
      assertThat(Double.parseDouble(cell.getAttribute("data-value")))
          .isEqualTo(measured.get(cell.getAttribute("data-cell")));
      assertThat(cell.getAttribute("data-n")).isEqualTo("2");
    }
    assertThat(groups(svg, "map")).hasSize(4);
  }

  /** Height is linear in the value: two points fix the axis, the others must lie on it. */
  @Test
  void aSliceHasItsPointsWhereTheValuesAre() throws Exception {
    byte[] svg =
        drawn(
            "slice.svg",
            "--slice",
            "ln_gradient_gain",
            "--x",
            "depth",
            "--by",
            "sigma_multiplier",
            "--facet",
            "activation",
            "--at",
            "keep_probability=1");
    Map<String, Double> measured = measured("ln_gradient_gain_mean");

    List<Element> points = groups(svg, "point");
    assertThat(points).hasSize(8);
    Element first = points.get(0);
    Element last = points.get(3);
    double slope = (height(last) - height(first)) / (value(last) - value(first));
    assertThat(slope).isNegative();
    for (Element point : points) {
      assertThat(value(point)).isEqualTo(measured.get(point.getAttribute("data-cell")));
      // Coordinates have three decimals.
      assertThat(height(point))
          .isCloseTo(height(first) + slope * (value(point) - value(first)), within(0.01));
    }
  }

  private static double value(Element point) {
    return Double.parseDouble(point.getAttribute("data-value"));
  }

  /** The middle of the error bar, which is drawn first: of its two ends. */
  private static double height(Element point) {
    Element bar = (Element) point.getElementsByTagName("path").item(0);
    Matcher ends = Pattern.compile("M\\S+ (\\S+?)L\\S+ ([-0-9.]+)").matcher(bar.getAttribute("d"));
    assertThat(ends.find()).isTrue();
    return (Double.parseDouble(ends.group(1)) + Double.parseDouble(ends.group(2))) / 2;
  }

  @Test
  void pdfHasOneFontThatIsEmbeddedAndNoPicture() throws IOException {
    byte[] pdf = drawn("map.pdf", "--map", "ln_gradient_gain", "--facet", "activation");
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDPage page = document.getPage(0);
      // 85 mm.
      assertThat(page.getMediaBox().getWidth()).isCloseTo(240.945f, within(0.01f));
      List<COSName> fonts = new ArrayList<>();
      page.getResources().getFontNames().forEach(fonts::add);
      assertThat(fonts).hasSize(1);
      assertThat(page.getResources().getFont(fonts.get(0)).isEmbedded()).isTrue();
      assertThat(page.getResources().getXObjectNames()).isEmpty();
      assertThat(new PDFTextStripper().getText(document))
          .contains("(a) relu")
          .contains("(b) tanh")
          .contains("2 networks a cell");
    }
  }

  @Test
  void svgHasItsLettersWithIt() throws Exception {
    String svg = new String(drawn("map.svg", "--map", "ln_gradient_gain"), StandardCharsets.UTF_8);
    Matcher font = Pattern.compile("data:font/ttf;base64,([A-Za-z0-9+/=]+)").matcher(svg);
    assertThat(font.find()).isTrue();
    byte[] file = Base64.getDecoder().decode(font.group(1));
    try (TrueTypeFont parsed = new TTFParser().parse(new RandomAccessReadBuffer(file))) {
      Matcher text = Pattern.compile("<text[^>]*>([^<]*)</text>").matcher(svg);
      int letters = 0;
      while (text.find()) {
        for (char letter : text.group(1).toCharArray()) {
          int glyph = parsed.getUnicodeCmapLookup().getGlyphId(letter);
          assertThat(glyph).as("%c", letter).isPositive();
          letters++;
        }
      }
      assertThat(letters).isGreaterThan(50);
    }
    assertThat(file.length).isLessThan(40_000);
  }

  @Test
  void pngSaysHowLargeItIs() throws IOException {
    byte[] png = drawn("map.png", "--map", "ln_gradient_gain", "--width", "double", "--dpi", "100");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    // 178 mm at 100 dots per inch.
    assertThat(image.getWidth()).isBetween(700, 701);
    // 100/0.0254 dots per metre, twice, and the unit: 3937 = 0xf61.
    assertThat(new String(png, StandardCharsets.ISO_8859_1))
        .contains("pHYs\u0000\u0000\u000fa\u0000\u0000\u000fa\u0001");
  }

  @ParameterizedTest
  @CsvSource({"pdf", "svg", "png"})
  void equalRequestsGiveEqualBytes(String format) throws IOException {
    byte[] once = drawn("a." + format, "--slice", "ln_q", "--by", "activation");
    byte[] again = drawn("b." + format, "--slice", "ln_q", "--by", "activation");
    assertThat(once).isEqualTo(again);
  }

  @Test
  void everyKindCanBeDrawn() throws Exception {
    String cell = groups(drawn("m.svg", "--map", "ln_q"), "cell").get(0).getAttribute("data-cell");

    assertThat(groups(drawn("p.svg", "--profile", cell.substring(0, 10)), "profile q")).hasSize(1);
    assertThat(groups(drawn("c.svg", "--collapse", "c", "--by", "activation"), "point"))
        .isNotEmpty();
    assertThat(groups(drawn("z.svg", "--zscores", "ln_q"), "bar")).hasSize(48);
    assertThat(groups(drawn("t.svg", "--map", "p_trained"), "cell")).hasSize(4);
  }

  /** |z| ≤ 2 in 99 % would be remarkable of cells that share nothing. */
  @Test
  void scoresSayThatCellsShareRandomNumbers() {
    assertThat(figure("z.svg", "--zscores", "ln_q").out())
        .contains("Cells share random numbers, so that their z move together.");
  }

  @Test
  void theoryIsDrawnWhereItIsAsked() throws Exception {
    byte[] some = drawn("a.svg", "--map", "ln_q", "--at", "activation=relu", "--theory", "edge");
    byte[] none = drawn("b.svg", "--map", "ln_q", "--at", "activation=relu", "--theory", "none");

    assertThat(groups(some, "line edge")).hasSize(1);
    assertThat(groups(none, "line edge")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--map ln_q --x sigma|--x: sigma is not allowed; allowed: activation, ",
        "--map ln_q --x dept|--x: dept is not allowed; did you mean depth? allowed: activation, ",
        "--map nothing|--map: nothing is not allowed; allowed: ",
        "--map ln_q --x depth --y depth|--y: depth is not allowed; allowed: another axis than --x",
        "--map ln_q --facet depth|--facet: depth is not allowed; allowed: an axis that is not"
            + " drawn",
        "--map ln_q --theory chaos|--theory: chaos is not allowed; allowed: edge, stable,"
            + " trainable",
        "--map ln_q --at depth=3|--at depth: 3 is not allowed; allowed: 2, 4",
        "--map ln_q --at depth|--at: depth is not allowed; allowed: AXIS=VALUE",
        "--map ln_q --at depth=9..|--at: no cell is left to draw.",
        "--map ln_q --view median|--view: median is not allowed; allowed: mean, theory, difference",
        "--map ln_q --width 10|--width: 10 is not allowed; allowed: single, double, or millimetres",
        "--map ln_q --dpi 10|--dpi: 10 is not allowed; allowed: 72 to 1200",
        "--collapse c --scale xi|--scale: xi is not allowed; allowed: xi_c, xi_gradient",
        "--profile zz|--profile: zz is not allowed: no cell_id begins so in",
        "--zscores p_trained|--zscores: p_trained has no z here:",
        "--map ln_q --by width|--by: is not allowed with --map; allowed: --x, --y, --facet, --at,",
        "--slice ln_q --theory edge|--theory: is not allowed with --slice; allowed: --x, --by,"
            + " --facet",
        "--profile a --x depth|--x: is not allowed with --profile; allowed: none of these",
        "--map ln_q --slice ln_q|figure: 2 charts are asked for; allowed: one of --map, --slice",
        "--x depth|figure: nothing is asked for; allowed: one of --map, --slice"
      })
  void mistakesAreToldInOneMessage(String options, String message) {
    Ran ran = figure("x.svg", options.split(" ", -1));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith("phasemap: " + message).hasLineCount(1);
    assertThat(folder.resolve("x.svg")).doesNotExist();
  }

  @Test
  void helpNamesEveryFormat() {
    assertThat(new CommandLine(new FigureCommand()).getUsageMessage())
        .contains("its name ends with " + FigureFormat.endings());
  }

  @Test
  void otherFormatsAndFoldersAreRefused() {
    assertThat(figure("x.svg", "--map", "ln_q", "--dpi", "300").err())
        .contains("--dpi: is not allowed with ", "x.svg; allowed: with a .png");
    assertThat(figure("x.gif", "--map", "ln_q").err())
        .contains("is not allowed; allowed: a name that ends with .pdf, .svg or .png");
    assertThat(figure("none/x.svg", "--map", "ln_q").err())
        .contains("cannot be written")
        .hasLineCount(1);
  }
}
