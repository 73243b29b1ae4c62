package org.phasemap.chart.figure.sheet;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** A figure as pixels: those of its PDF. The file says how large it is in print. */
final class PngFile {
  private static final double INCHES_PER_METRE = 1 / 0.0254;
  private static final String FORMAT = "javax_imageio_png_1.0";

  private PngFile() {}

  static byte[] bytes(Picture picture, int dotsPerInch) throws IOException {
    BufferedImage image;
    try (PDDocument document = PdfFile.document(picture)) {
      // A font that is still to be made smaller can't be drawn: the document is written first.
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      document.save(written);
      try (PDDocument read = Loader.loadPDF(written.toByteArray())) {
        image = new PDFRenderer(read).renderImageWithDPI(0, dotsPerInch, ImageType.RGB);
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
    IIOMetadataNode size = new IIOMetadataNode("pHYs");
    String pixels = String.format(Locale.ROOT, "%d", Math.round(dotsPerInch * INCHES_PER_METRE));
    size.setAttribute("pixelsPerUnitXAxis", pixels);
    size.setAttribute("pixelsPerUnitYAxis", pixels);
    size.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(size);
    metadata.mergeTree(FORMAT, root);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
