package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.UserException;

/** Tables are known by their content, and by how they were read where that has changed. */
class TableIdentityTest {
  @TempDir private Path folder;

  private DataSource.Files csv(String text) throws IOException {
    return DocCase.table(DataSource.Format.CSV, Files.writeString(folder.resolve("t.csv"), text));
  }

  /** The hash that versions before 6 of the results' schema had. */
  private static String earlier(String text) throws NoSuchAlgorithmException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(content.length).array());
    return HexFormat.of().formatHex(digest.digest(content));
  }

  /** Equal ids stand for equal rows: rows of these tables are what they were. */
  @ParameterizedTest
  @ValueSource(strings = {"x,y\n1,a\n-2.25,b\n16777216,a\n1e10,b\n", "x,y\n1,0.0\n2,1.0\n"})
  void aTableThatIsReadAsBeforeKeepsItsHash(String text) throws Exception {
    assertThat(DataSets.identified(csv(text)).sha256()).isEqualTo(earlier(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x,y\n0.1,a\n0.2,b\n", // no float32
        "x,y\n16777217,a\n2,b\n",
        "x,y\n1,0\n2,0.0\n3,1\n" // three classes before
      })
  void aTableThatIsReadOtherwiseHasAnother(String text) throws Exception {
    DataSource.Files table = csv(text);
    String now = DataSets.identified(table).sha256();
    assertThat(now).isNotEqualTo(earlier(text));
    assertThatThrownBy(() -> DataSets.load(table.withSha256(earlier(text))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            table.path()
                + ": the spec was resolved by a version that read this table otherwise, in float32;"
                + " expected a new results folder, or sha256: "
                + now);
  }
}
