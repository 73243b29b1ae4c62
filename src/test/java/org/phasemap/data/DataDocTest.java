package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;

/** docs/data.md says what the code does, line by line. */
class DataDocTest {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");
  private static final String REFUSED = "refused: ";

  @TempDir private Path folder;

  /** The lines of tables with so many columns, as cells. */
  private static List<String[]> lines(int columns) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/data.md"));
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("|---");
      String line = lines.get(i);
      if (line.startsWith("| ") && !head) {
        String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
        if (cells.length == columns) {
          rows.add(cells);
        }
      }
    }
    return rows;
  }

  private static Map<String, DocCase> cases() {
    Map<String, DocCase> cases = new HashMap<>(FileCases.all());
    cases.putAll(FolderCases.all());
    cases.putAll(ParquetCases.all());
    return cases;
  }

  @Test
  void everyLineHasItsCaseAndEveryCaseItsLine() throws IOException {
    assertThat(lines(2))
        .extracting(cells -> cells[0])
        .containsExactlyInAnyOrderElementsOf(cases().keySet());
    List<String> all = Files.readAllLines(Path.of("docs/data.md"));
    long tables = all.stream().filter(l -> l.startsWith("|---")).count();
    long written = all.stream().filter(l -> l.startsWith("|")).count();
    assertThat(lines(2).size() + lines(3).size()).isEqualTo((int) (written - 2 * tables));
  }

  @TestFactory
  Stream<DynamicTest> filesOfEachKindAreAsTheirLineSays() throws IOException {
    return lines(2).stream()
        .map(cells -> DynamicTest.dynamicTest(cells[0], () -> check(cells[0], cells[1])));
  }

  private void check(String name, String says) throws IOException {
    DocCase named = Objects.requireNonNull(cases().get(name), name);
    DataSource.Files source = named.files().in(Files.createTempDirectory(folder, "case"));
    if (says.startsWith(REFUSED)) {
      assertRefused(source, source.path(), code(says).get(0));
    } else {
      named.check().of(DocCase.load(source));
    }
  }

  @TestFactory
  Stream<DynamicTest> textsAreAsTheirLineSays() throws IOException {
    return lines(3).stream()
        .map(cells -> DynamicTest.dynamicTest(cells[0], () -> check(code(cells[1]), cells[2])));
  }

  private void check(List<String> example, String says) throws IOException {
    DataSource.Files source = csv(example);
    if (says.startsWith(REFUSED)) {
      String wrong =
          source.test() == null || says.contains("TRAIN") ? source.path() : source.test();
      String file = source.test() == null ? wrong : source.test();
      assertRefused(source, file, code(says).get(0).replace("TRAIN", source.path()));
      return;
    }
    DataSet read = DocCase.load(source);
    DataSet plain = DocCase.load(csv(code(says)));
    assertThat(read.train().features()).isEqualTo(plain.train().features());
    assertThat(read.train().labels()).isEqualTo(plain.train().labels());
    assertThat(read.test().features()).isEqualTo(plain.test().features());
    assertThat(read.test().labels()).isEqualTo(plain.test().labels());
    assertThat(read.classes()).isEqualTo(plain.classes());
  }

  private static void assertRefused(DataSource.Files source, String file, String message) {
    UserException refused =
        catchThrowableOfType(UserException.class, () -> DocCase.load(source).checkTrainable());
    assertThat(refused).as("refused: " + message).isNotNull();
    String said = String.valueOf(refused.getMessage());
    assertThat(said.lines()).hasSize(1);
    if (message.endsWith("…")) {
      assertThat(said).startsWith(file + message.substring(0, message.length() - 1));
    } else {
      assertThat(said)
          .isEqualTo(message.startsWith(":") || message.startsWith("/") ? file + message : message);
    }
  }

  /** One file, or another for the test. */
  private DataSource.Files csv(List<String> texts) throws IOException {
    Path here = Files.createTempDirectory(folder, "case");
    Path train = Files.writeString(here.resolve("train.csv"), texts.get(0));
    String test =
        texts.size() < 2
            ? null
            : Files.writeString(here.resolve("test.csv"), texts.get(1)).toString();
    String label = texts.get(0).startsWith("1.5") ? null : "y";
    return new DataSource.Files(DataSource.Format.CSV, train.toString(), test, label, "");
  }

  /** What stands between backquotes, with its escapes translated. */
  private static List<String> code(String cell) {
    return CODE.matcher(cell)
        .results()
        .map(code -> code.group(1))
        .map(code -> UNICODE.matcher(code).replaceAll(DataDocTest::character).translateEscapes())
        .toList();
  }

  private static String character(MatchResult escape) {
    return Character.toString(Integer.parseInt(escape.group(1), 16));
  }
}
