import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Gives the libraries whose own descriptions name no licence the one of conf/licences.properties, in
 * the list that CycloneDX has made. Run by {@code -Prelease}, from its source.
 */
final class BomLicences {
  private BomLicences() {}

  /** Of a bom.json and a file of {@code GROUP--ARTIFACT--VERSION=licence}. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Properties licences = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[1]))) {
      licences.load(reader);
    }
    String bom = Files.readString(file).replaceAll("\"licenses\" : \\[ ],\\s*", "");
    for (String library : new TreeSet<>(licences.stringPropertyNames())) {
      String[] parts = library.split("--", -1);
      String purl =
          "\"purl\" : \"pkg:maven/%s/%s@%s?type=jar\"".formatted(parts[0], parts[1], parts[2]);
      if (!bom.contains(purl)) {
        throw new IllegalStateException(arguments[1] + ": " + library + " is in no " + file);
      }
      String licence = licences.getProperty(library);
      bom =
          bom.replace(
              purl,
              "\"licenses\" : [ { \"license\" : { \"name\" : \"%s\" } } ],\n      %s"
                  .formatted(licence, purl));
    }
    Files.writeString(file, bom);
  }
}
