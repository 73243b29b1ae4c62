package org.phasemap.spec.file;

import java.util.List;
import java.util.regex.Pattern;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.NumberType.Whole;
import org.phasemap.spec.yaml.Text;

/** The fields of {@code inputs} and {@code training.data}, as {@link SpecFormat} has the others. */
final class DataFormat {
  /** What inputs are. */
  enum InputKind {
    GAUSSIAN,
    SPHERE,
    COLLOCATION,
    DIGITS,
    MNIST,
    CIFAR10,
    CSV,
    PARQUET
  }

  /** What is trained on. */
  enum DataKind {
    DIGITS,
    MNIST,
    CIFAR10,
    CSV,
    PARQUET,
    CLUSTERS,
    TEACHER_STUDENT,
    SEQUENCES,
    RETRIEVAL,
    COLLOCATION
  }

  // files
  private static final Text FILE =
      new Text(Pattern.compile("[^\\p{Cntrl}]{1,1000}"), "a path of 1 to 1000 characters");
  static final Field<String> PATH =
      Field.optional(
          "path",
          FILE,
          "required where `kind` is mnist, cifar10, csv or parquet",
          "folder of a data set's files, or a table; a relative path starts from the spec's folder;"
              + " on a cluster one that the executors see, such as `hdfs://host/points.parquet`",
          "points.csv");
  static final Field<String> LABEL =
      Field.optional(
          "label",
          new Text(Pattern.compile("[^\\p{Cntrl}]{1,200}"), "a column's name"),
          "none; required in `training.data`",
          "csv, parquet: the column that holds the class; every other column is a number",
          "class");
  static final Field<String> SHA256 =
      Field.optional(
          "sha256",
          new Text(Pattern.compile("[0-9a-f]{64}"), "64 of the characters 0-9 a-f"),
          "that of the files",
          "SHA-256 of what the files hold; other content is refused; resolved specs have it",
          "aa".repeat(32));

  // inputs
  static final Field<InputKind> INPUT_KIND =
      Field.defaulted(
          "kind",
          Choice.of(InputKind.class),
          "gaussian",
          "`gaussian`: random and whitened; `sphere`: independent uniform directions;"
              + " `collocation`: one number each, the middles of m equal parts of [−1, 1]; otherwise"
              + " training examples of a data set",
          "digits");
  static final Field<Integer> INPUT_COUNT =
      Field.defaulted(
          "count",
          Whole.ints(1, 64),
          "8",
          "m, inputs shown to every network; at most `dimension` where `kind` is `gaussian`, at"
              + " most the training examples of a data set",
          "16");
  static final Field<Integer> DIMENSION =
      new Field<>(
          "dimension",
          Whole.ints(1, 1 << 20),
          "256",
          "`256`; that of a data set; 1 where `kind` is `collocation`",
          "n₀, components of an input",
          "784",
          false);
  static final Field<Double> Q0 =
      Field.defaulted(
          "q0",
          Real.between(Bounds.MIN_SCALE, Bounds.MAX_SCALE),
          "1",
          "gaussian, sphere: mean square of an input's components, exact for every input",
          "2");
  static final Field<Double> C0 =
      Field.defaulted(
          "c0", Real.between(0, 1), "0.5", "gaussian: correlation of any two inputs, exact", "0.9");
  static final Field<Double> SCALE_OF_INPUTS =
      Field.defaulted(
          "scale",
          Real.between(Bounds.MIN_SCALE, Bounds.MAX_SCALE),
          "1",
          "factor on every component of an input",
          "0.5");
  static final Field<Long> INPUT_SEED =
      Field.defaulted(
          "seed",
          Whole.longs(0, Long.MAX_VALUE),
          "1",
          "all kinds but gaussian and collocation: seed of the directions, or of the choice of"
              + " examples",
          "7");
  static final List<Field<?>> INPUT_FIELDS =
      List.of(
          INPUT_KIND,
          INPUT_COUNT,
          DIMENSION,
          Q0,
          C0,
          SCALE_OF_INPUTS,
          INPUT_SEED,
          PATH,
          LABEL,
          SHA256);

  // training.data
  static final Field<DataKind> DATA_KIND =
      Field.defaulted(
          "kind",
          Choice.of(DataKind.class),
          "digits",
          "`digits`: bundled, 8 × 8 images in 10 classes; `mnist`: a folder of IDX files;"
              + " `cifar10`: a folder of binary batches; `csv`, `parquet`: a table; `clusters`,"
              + " `teacher_student`, `sequences`, `retrieval`: made up; `collocation`: points of"
              + " [−1, 1] for a `pinn`",
          "clusters");
  static final Field<String> TEST =
      Field.optional(
          "test",
          FILE,
          "every fifth row of the table",
          "csv, parquet: a table of test examples with the same columns",
          "test.csv");
  static final Field<Integer> CLASSES =
      Field.defaulted(
          "classes",
          Whole.ints(2, 1000),
          "10",
          "clusters, teacher_student, sequences, retrieval: number of classes",
          "4");
  static final Field<Integer> DATA_DIMENSION =
      Field.defaulted(
          "dimension",
          Whole.ints(1, 10_000),
          "64",
          "clusters, teacher_student, sequences, retrieval: n₀, components of an example",
          "784");
  static final Field<Integer> EXAMPLES =
      Field.defaulted(
          "examples",
          Whole.ints(5, 50_000),
          "2000",
          "clusters, teacher_student, sequences, retrieval, collocation: number of examples, every"
              + " fifth of them for the test; at least 16 of collocation",
          "10000");
  static final Field<Double> SEPARATION =
      Field.defaulted(
          "separation",
          Real.between(0, Bounds.MAX_SCALE),
          "1",
          "clusters: standard deviation of a centre's components, in units of the noise",
          "0.3");
  static final Field<Integer> TOKENS =
      Field.defaulted(
          "tokens",
          Whole.ints(1, 10_000),
          "16",
          "sequences, retrieval: T, tokens of an example, which divide `dimension`; of retrieval one"
              + " more than a multiple of `classes`",
          "8");
  static final Field<Long> DATA_SEED =
      Field.defaulted(
          "seed",
          Whole.longs(0, Long.MAX_VALUE),
          "1",
          "clusters, teacher_student, sequences, retrieval: seed of the examples",
          "7");
  static final List<Field<?>> DATA_FIELDS =
      List.of(
          DATA_KIND,
          PATH,
          TEST,
          LABEL,
          SHA256,
          CLASSES,
          DATA_DIMENSION,
          EXAMPLES,
          SEPARATION,
          TOKENS,
          DATA_SEED);

  private DataFormat() {}
}
