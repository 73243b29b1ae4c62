package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;

/** CSV and Parquet files. */
class TablesTest {
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
    Path test = Files.writeString(folder.resolve("test.csv"), "x,y\n5,b\n");
    DataSet data =
        load(new DataSource.Files(train.format(), train.path(), test.toString(), "y", ""));
    assertThat(data.classNames()).containsExactly("a", "b");
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

  private DataSource.Files parquet() throws IOException {
    return ParquetFiles.write(
        folder,
        "required double x; required int64 n; required boolean b; required binary y (STRING);",
        UnaryOperator.identity(),
        IntStream.range(0, 6)
            .mapToObj(i -> new Object[] {(double) i, (long) i * i, i % 2 == 0, kind(i)})
            .toArray(Object[][]::new));
  }

  private static String kind(int row) {
    return row < 3 ? "low" : "high";
  }

  @Test
  void parquetIsReadAsCsvIs() throws IOException {
    DataSet parquet = load(parquet());
    DataSet csv =
        load(
            csv(
                "x,n,b,y\n0,0,1,low\n1,1,0,low\n2,4,1,low\n3,9,0,high\n4,16,1,high\n5,25,0,high\n",
                "y"));
    assertThat(parquet.classNames()).isEqualTo(csv.classNames()).containsExactly("high", "low");
    assertThat(parquet.train().features()).isEqualTo(csv.train().features());
    assertThat(parquet.train().labels()).isEqualTo(csv.train().labels());
    assertThat(parquet.test().features()).isEqualTo(csv.test().features());
  }
}
