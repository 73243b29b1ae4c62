package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.summary.Charts;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

class HtmlReportTest {
  private static final SweepInfo SWEEP =
      new SweepInfo(
          "quick <b>start</b>",
          "name: \"</script><script>alert(1)</script>\"\n# {{modules}}\n",
          Map.of("seed", "7"));

  @TempDir static Path folder;
  private static String page = "";
  private static JsonNode data;

  @BeforeAll
  static void writeReport() throws Exception {
    try (Query query = Query.over(SyntheticSweep.write(folder))) {
      HtmlReport.write(new Charts(query, SWEEP), folder.resolve("report.html"));
    }
    page = Files.readString(folder.resolve("report.html"));
    Matcher embedded =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(page);
    assertThat(embedded.find()).isTrue();
    data = new ObjectMapper().readTree(embedded.group(1));
  }

  @Test
  void pageRefersToNothingOutsideItself() {
    assertThat(page)
        .doesNotContainPattern("(?i)<[^>]+\\b(src|href)\\s*=\\s*[\"']?(https?:|//)")
        .doesNotContainPattern("(?i)<link\\b")
        .doesNotContainPattern("(?i)@import")
        .doesNotContainPattern("(?i)url\\(\\s*['\"]?(https?:|//)")
        .contains("default-src 'none'");
  }

  @Test
  void textFromTheSpecStaysText() {
    assertThat(page)
        .contains("<title>quick &lt;b&gt;start&lt;/b&gt; · PhaseMap</title>")
        .doesNotContain("<script>alert(1)");
    assertThat(data.get("sweep").asText()).isEqualTo(SWEEP.name());
    assertThat(data.get("spec").asText()).isEqualTo(SWEEP.specYaml());
  }

  @Test
  void everyCellIsEmbedded() {
    assertThat(data.at("/cells/size").asInt()).isEqualTo(1350 + 195);
    assertThat(data.at("/cells/columns/depth")).hasSize(1545);
    assertThat(data.at("/cells/columns/width/const").asInt()).isEqualTo(256);
    assertThat(data.at("/cells/columns/activation/dict"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(SyntheticSweep.ACTIVATIONS);
    assertThat(data.get("profiles")).hasSize(1545);
    assertThat(data.get("curves")).hasSize(195);
    JsonNode profile = data.get("profiles").get(0);
    List.of("l", "q", "q_sd", "theory_q", "expected_q", "expected_q_sd", "c", "c_sd", "theory_c")
        .forEach(name -> assertThat(profile.get(name)).hasSameSizeAs(profile.get("l")));
    List.of("expected_c", "expected_c_sd", "g", "g_sd", "theory_g")
        .forEach(name -> assertThat(profile.get(name)).hasSameSizeAs(profile.get("l")));
  }

  @Test
  void quickstartStaysSmall() throws Exception {
    assertThat(Files.size(folder.resolve("report.html"))).isLessThan(6_000_000);
  }

  @Test
  void licenceOfEchartsIsKept() {
    assertThat(page).contains("Licensed to the Apache Software Foundation (ASF)");
  }
}
