package org.phasemap.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** The lines of docs/data.md on files of any kind, and on text that is not UTF-8. */
final class FileCases {
  private static final String ROWS = "x,y\n1,a\n2,b\n";
  private static final String MORE = "4,a\n";
  private static final long GIB = 1L << 30;

  private FileCases() {}

  static Map<String, DocCase> all() {
    Map<String, DocCase> cases = new HashMap<>();
    cases.put("Latin-1", DocCase.refused(folder -> resource(folder, "latin1.csv")));
    cases.put(
        "UTF-16",
        DocCase.refused(folder -> csv(folder, new byte[] {-1, -2}, ROWS.getBytes(UTF_16))));
    cases.put("zipped, whatever its name", read(folder -> resource(folder, "UPPER.CSV.GZ"), 32));
    cases.put(
        "zipped in several members",
        read(folder -> csv(folder, zipped(ROWS), zipped(""), zipped(MORE)), 3));
    cases.put("called .gz and not zipped", read(FileCases::misnamed, 2));
    byte[] whole = zipped(ROWS);
    cases.put(
        "zipped and cut off",
        DocCase.refused(folder -> csv(folder, Arrays.copyOf(whole, whole.length - 3))));
    byte[] wrong = whole.clone();
    wrong[wrong.length - 6] ^= 1;
    cases.put("zipped with a wrong checksum", DocCase.refused(folder -> csv(folder, wrong)));
    cases.put(
        "zipped, with other bytes behind",
        DocCase.refused(folder -> csv(folder, whole, MORE.getBytes(UTF_8))));
    cases.put("not there", DocCase.refused(folder -> at(folder.resolve("t.csv"))));
    cases.put("a folder", DocCase.refused(FileCases::at));
    cases.put("a pipe", DocCase.refused(FileCases::pipe));
    cases.put("a device", DocCase.refused(folder -> at(Path.of("/dev/zero"))));
    cases.put(
        "of /proc, empty to the file system",
        DocCase.refused(folder -> at(Path.of("/proc/self/mem"))));
    cases.put("larger than 1 GiB", DocCase.refused(FileCases::large));
    cases.put("not what its Hadoop checksum file says", DocCase.refused(FileCases::changed));
    cases.put("on a file system that is not there", DocCase.refused(f -> at("nowhere://a/b")));
    cases.put("no path", DocCase.refused(f -> at("s3a:points.csv")));
    return cases;
  }

  private static DocCase read(DocCase.Files files, int rows) {
    return new DocCase(files, read -> assertThat(read.train().count()).isEqualTo(rows));
  }

  private static DataSource.Files at(Path file) {
    return DocCase.table(DataSource.Format.CSV, file);
  }

  private static DataSource.Files at(String path) {
    return new DataSource.Files(DataSource.Format.CSV, path, null, "y", "");
  }

  private static DataSource.Files csv(Path folder, byte[]... parts) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("t.csv"))) {
      for (byte[] part : parts) {
        out.write(part);
      }
    }
    return at(folder.resolve("t.csv"));
  }

  private static byte[] zipped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static DataSource.Files resource(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = FileCases.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in, name), file);
    }
    return new DataSource.Files(DataSource.Format.CSV, file.toString(), null, "class", "");
  }

  private static DataSource.Files misnamed(Path folder) throws IOException {
    return at(Files.writeString(folder.resolve("t.csv.gz"), ROWS));
  }

  private static DataSource.Files pipe(Path folder) throws IOException {
    Path pipe = folder.resolve("pipe");
    try {
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return at(pipe);
  }

  /** Takes no space. */
  private static DataSource.Files large(Path folder) throws IOException {
    Path file = folder.resolve("t.csv");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(GIB + 1);
    }
    return at(file);
  }

  private static DataSource.Files changed(Path folder) throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve("t.csv").toString());
    try (OutputStream out =
        file.getFileSystem(new org.apache.hadoop.conf.Configuration()).create(file)) {
      out.write(ROWS.getBytes(ISO_8859_1));
    }
    return at(Files.writeString(folder.resolve("t.csv"), ROWS.replace('1', '7')));
  }
}
