package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.data.FileAccess;
import org.phasemap.data.IdxFiles;
import org.phasemap.network.UserException;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec;

/** Files that a spec names: where they are sought, and what becomes of their content. */
class DataFieldsTest {
  private static final String NETWORK =
      "name: t\nnetwork: {activation: tanh, depth: 8, width: 64}\n";

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("points.csv"), "x,class\n1,a\n2,b\n3,a\n");
    IdxFiles.write(folder.resolve("mnist"));
  }

  private Spec read(String more) throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), NETWORK + more);
    return SpecReader.read(file, List.of(), FileAccess.PLAIN);
  }

  private static DataSource.Files files(Spec spec) {
    return (DataSource.Files) ((Inputs.Chosen) spec.inputs().source()).data();
  }

  private void assertRefused(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UserException.class)
        .hasMessage(folder + "/t.yaml:3: " + problem);
  }

  @Test
  void pathsStartFromTheSpecsFolder() throws IOException {
    Spec spec = read("inputs: {kind: mnist, path: ./x/../mnist, count: 3}\n");
    assertThat(files(spec).path()).isEqualTo(folder.resolve("mnist").toString());
    assertThat(spec.inputs().dimension()).isEqualTo(6);
    Spec trained = read("training: {data: {kind: csv, path: points.csv, label: class}}\n");
    DataSource data = Objects.requireNonNull(trained.training()).data();
    assertThat(DataSets.load(data).train().count()).isEqualTo(3);
  }

  /** So that the status of a sweep can be told after its data have gone. */
  @Test
  void aResolvedSpecIsReadWithoutItsFiles() throws IOException {
    Spec spec =
        read(
            """
            inputs: {kind: csv, path: points.csv, label: class, count: 2, scale: 0.5}
            training: {data: {kind: csv, path: points.csv, label: class}}
            """);
    Files.delete(folder.resolve("points.csv"));
    assertThat(SpecReader.parse(SpecWriter.toYaml(spec), "t.yaml")).isEqualTo(spec);
  }

  @Test
  void contentIsNamedWhereverItLies() throws IOException {
    String before =
        files(read("inputs: {kind: csv, path: points.csv, label: class, count: 2}\n")).identity();
    Files.move(folder.resolve("points.csv"), folder.resolve("moved.csv"));
    String yaml = "inputs: {kind: csv, path: moved.csv, label: class, count: 2}\n";
    assertThat(files(read(yaml)).identity()).isEqualTo(before);
    Files.writeString(folder.resolve("moved.csv"), "x,class\n1,a\n2,b\n4,a\n");
    assertThat(files(read(yaml)).identity()).isNotEqualTo(before);
  }

  @Test
  void aMistakeInAFileNamesTheFieldAndTheFile() throws IOException {
    assertRefused(
        "inputs: {kind: mnist, path: none}\n", "inputs.path: " + folder + "/none: no such folder");
    assertRefused(
        "inputs: {kind: csv, path: points.csv}\n",
        "inputs.path: "
            + folder
            + "/points.csv:2: column class is 'a'; expected a finite decimal number");
    assertRefused(
        "training: {data: {kind: csv, path: points.csv, label: y}}\n",
        "training.data.path: "
            + folder
            + "/points.csv: has no column 'y'; expected one of x, class");
    assertRefused(
        "inputs: {kind: csv, path: points.csv, label: class, count: 4}\n",
        "inputs.count: 4 is not allowed; allowed: whole numbers from 1 to 3, the training"
            + " examples");
  }
}
