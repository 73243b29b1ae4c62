package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.UserException;

/** CSV and Parquet files. */
class TablesTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message t { required double x; optional int64 n; required boolean b; required binary kind"
              + " (STRING); }");

  @TempDir private Path folder;

  private DataSource.Files csv(String text, @Nullable String label) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return new DataSource.Files(DataSource.Format.CSV, file.toString(), null, label, "");
  }

  private static DataSet load(DataSource.Files source) {
    return DataSets.load(DataSets.identified(source));
  }

  /** Rows 5 and 10 are the test set; each column has mean 0 and mean square 1 over the others. */
  @Test
  void columnsAreScaledEachOverTheTrainingRows() throws IOException {
    StringBuilder text = new StringBuilder("a,kind,\"b, c\",same\r\n");
    for (int i = 0; i < 10; i++) {
      text.append(i * i).append(i % 2 == 0 ? ",10," : ",9,").append(-1e3 * i).append(",5\r\n");
    }
    DataSet data = load(csv(text.toString(), "kind"));
    assertThat(data.classNames()).containsExactly("9", "10");
    assertThat(data.dimension()).isEqualTo(3);
    assertThat(data.train().labels()).containsExactly(1, 0, 1, 0, 0, 1, 0, 1);
    assertThat(data.test().labels()).containsExactly(1, 0);
    double[] squares = {0, 1, 4, 9, 25, 36, 49, 64};
    double mean = Arrays.stream(squares).average().orElseThrow();
    double sd =
        Math.sqrt(Arrays.stream(squares).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    for (int j = 0; j < 8; j++) {
      assertThat((double) data.train().features()[3 * j])
          .isCloseTo((squares[j] - mean) / sd, within(1e-6));
      assertThat(data.train().features()[3 * j + 2]).isZero();
    }
    assertThat((double) data.test().features()[0]).isCloseTo((16 - mean) / sd, within(1e-6));
  }

  @Test
  void aTableOfTestExamplesTakesThePlaceOfTheSplit() throws IOException {
    DataSource.Files train = csv("x,y\n1,a\n3,b\n", "y");
    Path test = Files.writeString(folder.resolve("test.csv"), "x,y\n5,c\n");
    DataSet data =
        load(new DataSource.Files(train.format(), train.path(), test.toString(), "y", ""));
    assertThat(data.classNames()).containsExactly("a", "b", "c");
    assertThat(data.train().features()).containsExactly(-1, 1);
    assertThat(data.test().features()).containsExactly(3);
    Files.writeString(test, "z,y\n5,c\n");
    assertThatThrownBy(
            () ->
                load(new DataSource.Files(train.format(), train.path(), test.toString(), "y", "")))
        .isInstanceOf(UserException.class)
        .hasMessage(test + ": its columns are not those of " + train.path() + "; expected x");
  }

  @Test
  void withoutALabelThereIsOneClass() throws IOException {
    DataSet data = load(csv("x\n1\n2\n3\n", null));
    assertThat(data.classNames()).containsExactly("all");
    assertThat(data.train().labels()).containsExactly(0, 0, 0);
    assertThat(data.test().count()).isZero();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "x,y\\n1,a\\nb,c | :3: column x is 'b'; expected a finite number",
        "x,y\\n1,a\\n,c | :3: column x is empty; expected a finite number",
        "x,y\\n1,a\\nNaN,c | :3: column x is 'NaN'; expected a finite number",
        "x,y\\n1e999,a | :2: column x is Infinity; expected a finite number",
        "x,y\\n1f,a | :2: column x is '1f'; expected a finite number",
        "x,y\\n1,a\\n1,a,2 | :3: 3 cells; expected 2, one for each column of the header",
        "x,y\\n1,a\\n1, | :3: has no label; expected a class",
        "x,z\\n1,a | : has no column 'y'; expected one of x, z",
        "x,y | : has no rows; expected at least one",
        "y\\na | : has no numeric column; expected at least one",
        "x,x,y\\n1,2,a | :1: two columns are called x; expected one",
        "x,,y\\n1,2,a | :1: column 2 has no name; expected a header",
      })
  void aWrongCsvFileHasOneMessage(String text, String problem) throws IOException {
    DataSource.Files source = csv(text.translateEscapes(), "y");
    assertThatThrownBy(() -> load(source))
        .isInstanceOf(UserException.class)
        .hasMessage(source.path() + problem);
  }

  @Test
  void anEmptyCsvFileHasOneMessage() throws IOException {
    DataSource.Files source = csv("", "y");
    assertThatThrownBy(() -> load(source))
        .isInstanceOf(UserException.class)
        .hasMessage(source.path() + ": is empty; expected a header and rows");
  }

  @Test
  void aLabelOfTooManyValuesIsNoClass() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 1001; i++) {
      text.append("1,").append(i).append(".5\n");
    }
    DataSource.Files source = csv(text.toString(), "y");
    assertThatThrownBy(() -> load(source))
        .isInstanceOf(UserException.class)
        .hasMessage(
            source.path() + ": the label has 1001 different values; expected at most 1000 classes");
  }

  private DataSource.Files parquet(boolean missing, double first) throws IOException {
    Path file = folder.resolve("t.parquet");
    Files.deleteIfExists(file);
    SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(SCHEMA)
            .withConf(new Configuration())
            .build()) {
      for (int i = 0; i < 6; i++) {
        Group row = groups.newGroup().append("x", first + i);
        if (!(missing && i == 3)) {
          row.append("n", (long) i * i);
        }
        writer.write(row.append("b", i % 2 == 0).append("kind", i < 3 ? "low" : "high"));
      }
    }
    return new DataSource.Files(DataSource.Format.PARQUET, file.toString(), null, "kind", "");
  }

  @Test
  void parquetIsReadAsCsvIs() throws IOException {
    DataSet parquet = load(parquet(false, 0));
    DataSet csv =
        load(
            csv(
                "x,n,b,kind\n0,0,1,low\n1,1,0,low\n2,4,1,low\n3,9,0,high\n4,16,1,high\n5,25,0,high\n",
                "kind"));
    assertThat(parquet.classNames()).isEqualTo(csv.classNames()).containsExactly("high", "low");
    assertThat(parquet.train().features()).isEqualTo(csv.train().features());
    assertThat(parquet.train().labels()).isEqualTo(csv.train().labels());
    assertThat(parquet.test().features()).isEqualTo(csv.test().features());
  }

  private static void assertRefused(DataSource.Files source, String problem) {
    assertThatThrownBy(() -> load(source))
        .isInstanceOf(UserException.class)
        .hasMessage(source.path() + problem);
  }

  @Test
  void aWrongParquetFileHasOneMessage() throws IOException {
    assertRefused(parquet(true, 0), ":4: column n is null; expected a finite number");
    assertRefused(parquet(false, Double.NaN), ":1: column x is NaN; expected a finite number");
    DataSource.Files good = parquet(false, 0);
    assertRefused(
        new DataSource.Files(good.format(), good.path(), null, "x", ""),
        ": column x is no label; expected text, whole numbers or booleans");
    assertRefused(
        new DataSource.Files(good.format(), good.path(), null, "b", ""),
        ": column kind is not numeric; expected int, long, float, double or boolean, or the label");
    Path file = Path.of(good.path());
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, whole.length - 60, whole.length - 8, (byte) 7);
    Files.delete(folder.resolve(".t.parquet.crc"));
    Files.write(file, damaged);
    assertRefused(good, ": is a damaged Parquet file; expected a whole one");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(good, ": is not a whole Parquet file; expected one");
  }
}
