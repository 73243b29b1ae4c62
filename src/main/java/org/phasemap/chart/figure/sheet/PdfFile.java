package org.phasemap.chart.figure.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.phasemap.chart.Point;

/** A figure as PDF, drawn by PDFBox: vectors, and the letters that it uses embedded. */
final class PdfFile {
  /** Documents are named by the time otherwise, and no two files were equal. */
  private static final long ID = 0;

  private final PDPageContentStream page;
  private final PDFont font;
  private final double height;

  private PdfFile(PDPageContentStream page, PDFont font, double height) {
    this.page = page;
    this.font = font;
    this.height = height;
  }

  static byte[] bytes(Picture picture) throws IOException {
    try (PDDocument document = document(picture)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  /** One page of the picture's size; to be closed. */
  static PDDocument document(Picture picture) throws IOException {
    PDDocument document = new PDDocument();
    try (InputStream in = Typeface.open()) {
      document.setDocumentId(ID);
      PDDocumentInformation about = document.getDocumentInformation();
      about.setTitle(picture.title());
      about.setSubject(picture.caption());
      about.setCreator("PhaseMap");
      PDRectangle sheet = new PDRectangle((float) picture.width(), (float) picture.height());
      PDPage page = new PDPage(sheet);
      document.addPage(page);
      PDFont font = PDType0Font.load(document, in, true);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.setMiterLimit(4);
        new PdfFile(content, font, picture.height()).draw(picture.marks());
      }
      return document;
    } catch (IOException | RuntimeException e) {
      document.close();
      throw e;
    }
  }

  private void draw(List<Mark> marks) throws IOException {
    for (Mark mark : marks) {
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

  private float y(double down) {
    return (float) (height - down);
  }

  private void trace(List<Point> points) throws IOException {
    page.moveTo((float) points.get(0).x(), y(points.get(0).y()));
    for (Point point : points.subList(1, points.size())) {
      page.lineTo((float) point.x(), y(point.y()));
    }
  }

  private void area(Mark.Area area) throws IOException {
    boolean through = area.opacity() < Mark.OPAQUE;
    if (through) {
      page.saveGraphicsState();
      PDExtendedGraphicsState state = new PDExtendedGraphicsState();
      state.getCOSObject().setFloat(COSName.getPDFName("ca"), (float) area.opacity());
      page.setGraphicsStateParameters(state);
    }
    fill(area.rgb());
    trace(area.corners());
    page.closePath();
    page.fill();
    if (through) {
      page.restoreGraphicsState();
    }
  }

  private void path(Mark.Path path) throws IOException {
    stroke(path.pen().rgb());
    page.setLineWidth((float) path.pen().width());
    float[] dash = new float[path.pen().dash().size()];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = path.pen().dash().get(i).floatValue();
    }
    page.setLineDashPattern(dash, 0);
    page.setLineJoinStyle(1);
    for (List<Point> part : path.parts()) {
      trace(part);
    }
    page.stroke();
  }

  private void text(Mark.Text text) throws IOException {
    if (text.style().halo() > 0) {
      stroke(0xffffff);
      page.setLineWidth((float) text.style().halo());
      page.setLineDashPattern(new float[0], 0);
      page.setLineJoinStyle(1);
      letters(text, RenderingMode.STROKE);
    }
    fill(text.style().rgb());
    letters(text, RenderingMode.FILL);
  }

  private void letters(Mark.Text text, RenderingMode mode) throws IOException {
    page.beginText();
    page.setFont(font, (float) text.style().size());
    page.setRenderingMode(mode);
    float lean = text.style().slanted() ? (float) Typeface.SLANT : 0;
    float x = (float) text.at().x();
    float y = y(text.at().y());
    page.setTextMatrix(
        text.turned() == Mark.Turn.NONE
            ? new Matrix(1, 0, lean, 1, x, y)
            : new Matrix(0, 1, -1, lean, x, y));
    page.showText(text.text());
    page.endText();
  }

  private void group(Mark.Group group) throws IOException {
    if (group.clip().isEmpty()) {
      draw(group.marks());
      return;
    }
    Box clip = group.clip().get();
    page.saveGraphicsState();
    page.addRect(
        (float) clip.left(), y(clip.bottom()), (float) clip.width(), (float) clip.height());
    page.clip();
    draw(group.marks());
    page.restoreGraphicsState();
  }

  private void fill(int rgb) throws IOException {
    page.setNonStrokingColor((rgb >> 16) / 255f, (rgb >> 8 & 0xff) / 255f, (rgb & 0xff) / 255f);
  }

  private void stroke(int rgb) throws IOException {
    page.setStrokingColor((rgb >> 16) / 255f, (rgb >> 8 & 0xff) / 255f, (rgb & 0xff) / 255f);
  }
}
