package org.phasemap.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CriticalPlotTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void thePlotIsXmlWithAPathPerActivationAndVerdict() throws Exception {
    Path svg = folder.resolve("out.svg");
    Outcome outcome =
        Outcome.of(
            "critical --activation gelu,silu,tanh,softplus --sigma-b2 0:0.3:0.02 --plot " + svg);
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    NodeList paths = document.getElementsByTagName("path");
    String drawn = "";
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      drawn += path.getAttribute("data-activation") + " " + path.getAttribute("class") + "; ";
      assertThat(path.getAttribute("d")).startsWith("M").doesNotContain("NaN");
    }

    assertThat(outcome.exitCode()).isZero();
    assertThat(drawn)
        .isEqualTo("gelu critical; gelu unstable_eoc; silu unstable_eoc; tanh critical; ");
    assertThat(document.getDocumentElement().getTextContent())
        .contains("σb²", "σw²", "softplus: none", "unstable");
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void onePointIsADotAndNoPointAnEmptyFrame() throws Exception {
    Path svg = folder.resolve("out.svg");
    Outcome.of("critical --activation relu,softplus --plot " + svg);

    assertThat(svg).content().contains("h0.01", "softplus: none");

    Outcome.of("critical --activation softplus --plot " + svg);

    assertThat(svg).content().doesNotContain("<path");
  }
}
