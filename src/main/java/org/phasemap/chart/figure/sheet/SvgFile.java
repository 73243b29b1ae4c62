package org.phasemap.chart.figure.sheet;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.phasemap.chart.Point;
import org.phasemap.chart.Rounded;

/**
 * A figure as SVG: its letters are text of a font that is embedded, and what its marks show stands
 * beside them as {@code data-…} attributes.
 */
final class SvgFile {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** A name of its own: an installed font of the same name would be taken before the embedded. */
  private static final String FAMILY = "PhaseMap figure";

  private final XMLStreamWriter xml;
  private int clips;

  private SvgFile(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static byte[] bytes(Picture picture) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new SvgFile(xml).document(picture);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("In memory", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void document(Picture picture) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.setDefaultNamespace(SVG);
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace(SVG);
    xml.writeAttribute("width", number(picture.widthMillimetres()) + "mm");
    xml.writeAttribute("height", number(picture.heightMillimetres()) + "mm");
    xml.writeAttribute(
        "viewBox", "0 0 " + number(picture.width()) + " " + number(picture.height()));
    element("title", picture.title());
    element("desc", picture.caption());
    element("style", style(picture));
    xml.writeEmptyElement("rect");
    xml.writeAttribute("width", "100%");
    xml.writeAttribute("height", "100%");
    xml.writeAttribute("fill", "#ffffff");
    draw(picture.marks());
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void element(String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private static String style(Picture picture) {
    Set<Integer> letters = new TreeSet<>();
    collect(picture.marks(), letters);
    String font = Base64.getEncoder().encodeToString(Typeface.only().subset(letters));
    return "@font-face{font-family:\"%s\";src:url(data:font/ttf;base64,%s)}".formatted(FAMILY, font)
        + "text{font-family:\"%s\",Arial,Helvetica,sans-serif;white-space:pre}".formatted(FAMILY)
        + "path{stroke-linejoin:round}";
  }

  private static void collect(List<Mark> marks, Set<Integer> letters) {
    for (Mark mark : marks) {
      if (mark instanceof Mark.Text text) {
        text.text().codePoints().forEach(letters::add);
      } else if (mark instanceof Mark.Group group) {
        collect(group.marks(), letters);
      }
    }
  }

  private void draw(List<Mark> marks) throws XMLStreamException {
    for (Mark mark : marks) {
      xml.writeCharacters("\n");
      if (mark instanceof Mark.Area area) {
        area(area);
      } else if (mark instanceof Mark.Path path) {
        path(path);
      } else if (mark instanceof Mark.Text text) {
        text(text);
      } else if (mark instanceof Mark.Group group) {
        group(group);
      }
    }
  }

  private void area(Mark.Area area) throws XMLStreamException {
    xml.writeEmptyElement("path");
    xml.writeAttribute("d", trace(area.corners()) + "Z");
    xml.writeAttribute("fill", colour(area.rgb()));
    if (area.opacity() < Mark.OPAQUE) {
      xml.writeAttribute("fill-opacity", number(area.opacity()));
    }
  }

  private void path(Mark.Path path) throws XMLStreamException {
    StringBuilder traces = new StringBuilder();
    path.parts().forEach(part -> traces.append(trace(part)));
    xml.writeEmptyElement("path");
    xml.writeAttribute("d", traces.toString());
    xml.writeAttribute("fill", "none");
    xml.writeAttribute("stroke", colour(path.pen().rgb()));
    xml.writeAttribute("stroke-width", number(path.pen().width()));
    if (!path.pen().dash().isEmpty()) {
      List<String> dash = path.pen().dash().stream().map(SvgFile::number).toList();
      xml.writeAttribute("stroke-dasharray", String.join(" ", dash));
    }
  }

  private void text(Mark.Text text) throws XMLStreamException {
    Mark.Style style = text.style();
    double lean = style.slanted() ? Typeface.SLANT : 0;
    Point at = text.at();
    String letters =
        text.turned() == Mark.Turn.NONE ? "1 0 " + number(-lean) + " 1" : "0 -1 1 " + number(lean);
    xml.writeStartElement("text");
    xml.writeAttribute(
        "transform", "matrix(%s %s %s)".formatted(letters, number(at.x()), number(at.y())));
    xml.writeAttribute("font-size", number(style.size()));
    xml.writeAttribute("fill", colour(style.rgb()));
    if (style.halo() > 0) {
      xml.writeAttribute("stroke", "#ffffff");
      xml.writeAttribute("stroke-width", number(style.halo()));
      xml.writeAttribute("stroke-linejoin", "round");
      xml.writeAttribute("paint-order", "stroke");
    }
    xml.writeCharacters(text.text());
    xml.writeEndElement();
  }

  private void group(Mark.Group group) throws XMLStreamException {
    String clip = "";
    if (group.clip().isPresent()) {
      clips++;
      clip = "clip" + clips;
      xml.writeStartElement("clipPath");
      xml.writeAttribute("id", clip);
      xml.writeEmptyElement("path");
      xml.writeAttribute("d", trace(group.clip().get().corners()) + "Z");
      xml.writeEndElement();
    }
    xml.writeStartElement("g");
    xml.writeAttribute("class", group.name());
    if (!clip.isEmpty()) {
      xml.writeAttribute("clip-path", "url(#" + clip + ")");
    }
    for (Map.Entry<String, String> datum : group.data().entrySet()) {
      xml.writeAttribute("data-" + datum.getKey(), datum.getValue());
    }
    draw(group.marks());
    xml.writeEndElement();
  }

  private static String trace(List<Point> points) {
    StringBuilder trace = new StringBuilder();
    for (Point point : points) {
      trace.append(trace.isEmpty() ? "M" : "L").append(number(point.x())).append(' ');
      trace.append(number(point.y()));
    }
    return trace.toString();
  }

  private static String colour(int rgb) {
    return String.format("#%06x", rgb);
  }

  /** To a few thousandths of a point. */
  private static String number(double value) {
    return Rounded.text(Math.rint(value * 1000) / 1000, 7);
  }
}
