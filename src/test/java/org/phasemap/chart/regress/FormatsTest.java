package org.phasemap.chart.regress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.net.URL;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Comparisons;

/** One finished comparison in every form. */
class FormatsTest {
  private static final Comparison BAD = Comparisons.bad("night", "2026-11-30T02:00:00Z");
  private static final Comparison GOOD = Comparisons.good("calm", "2026-11-30T02:00:00Z", 11);
  private static final Comparison NONE = Comparisons.impossible("odd");

  @Test
  void theTerminalSaysWhereAndHowMuch() {
    assertThat(ComparisonFormat.TEXT.of(BAD))
        .startsWith("night against base: regression\n")
        .contains("48 rows of 6 cells, 24 equal bit for bit")
        .contains("100 tests at level 0.01: 2 changes, 1 undecided")
        .contains("tanh, L ≥ 4: 2 cells (33.33 %)\n    ln_q +0.5 (2 cells, worse)")
        .contains("boundary, tanh: L 20, now 18; ratio 0.9 (0.8 to NaN)")
        .contains("10 µs of one core a row, now 20");
    assertThat(ComparisonFormat.TEXT.of(GOOD)).contains("calm against base: no regression");
    assertThat(ComparisonFormat.TEXT.of(NONE)).contains("incomparable", "\"another\" spec");
  }

  @Test
  void junitIsValid() throws Exception {
    URL schema = Objects.requireNonNull(getClass().getResource("/org/phasemap/chart/junit.xsd"));
    var validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(schema)
            .newValidator();
    for (Comparison comparison : new Comparison[] {BAD, GOOD, NONE}) {
      String xml = ComparisonFormat.JUNIT.of(comparison);
      validator.validate(new StreamSource(new StringReader(xml)));
    }
    assertThat(ComparisonFormat.JUNIT.of(BAD))
        .contains("tests=\"3\" failures=\"1\" errors=\"0\"")
        .contains(
            "<failure type=\"regression\" message=\"2 of 6 cells have changed, by as much as +0.7\">tanh, L ≥ 4<");
    assertThat(ComparisonFormat.JUNIT.of(GOOD)).contains("failures=\"0\" errors=\"0\"");
    assertThat(ComparisonFormat.JUNIT.of(NONE)).contains("errors=\"1\"", "&lt;of&gt;");
  }

  @Test
  void jsonHasItsVersionAndNullForNoNumber() throws Exception {
    JsonNode json = new ObjectMapper().readTree(ComparisonFormat.JSON.of(BAD));

    assertThat(json.path("version").asInt()).isEqualTo(1);
    assertThat(json.path("state").asText()).isEqualTo("regression");
    assertThat(json.at("/changes/0/where/depth").asText()).isEqualTo("4");
    assertThat(json.at("/changes/2/verdict").asText()).isEqualTo("undecided");
    assertThat(json.at("/boundaries/0/high").isNull()).isTrue();
    assertThat(json.at("/regions/0/where").asText()).isEqualTo("tanh, L ≥ 4");
  }

  /** Names of strangers are text. */
  @Test
  void markdownEscapesWhatIsNotItsOwn() {
    assertThat(ComparisonFormat.MARKDOWN.of(BAD))
        .contains("## night against base: regression")
        .contains("| tanh, L ≥ 4 | 2 cells (33.33 %) | ln\\_q +0.5 (2 cells, worse) |")
        .contains("device: A \\| B, now C");
    assertThat(ComparisonFormat.MARKDOWN.of(NONE)).contains("\\<of\\>");
  }

  @Test
  void thePageHasNoScriptAndAdmitsNone() {
    String page = ComparisonFormat.HTML.of(BAD);

    assertThat(page)
        .contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
        .doesNotContain("<script", " style=", "onload", "relu<b>")
        .contains("relu&lt;b&gt;", "<svg role=\"img\" aria-label=\"ln_q, tanh: 2 cells\"")
        .contains("class=\"found higher2\"", "class=\"undecided higher2\"")
        .contains("aria-label=\"ln_q, relu&lt;b&gt;: 1 cell\"");
  }
}
