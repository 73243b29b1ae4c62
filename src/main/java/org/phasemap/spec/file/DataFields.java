package org.phasemap.spec.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.data.DataSource.Files;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.file.DataFormat.DataKind;
import org.phasemap.spec.file.DataFormat.InputKind;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;

/** Reads where inputs and training examples come from. */
final class DataFields {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** Both ends of the interval are among them. */
  private static final int FEWEST_POINTS = 16;

  private final Path folder;
  private final boolean looks;
  private final FileAccess access;

  private DataFields(Path folder, boolean looks, FileAccess access) {
    this.folder = folder;
    this.looks = looks;
    this.access = access;
  }

  /**
   * A reader that looks at the files which are named.
   *
   * @param folder that relative paths start from
   */
  static DataFields in(Path folder, FileAccess access) {
    return new DataFields(folder, true, access);
  }

  /** A reader of resolved specs, which say all that it would see. */
  static DataFields unseen(FileAccess access) {
    return new DataFields(Path.of(""), false, access);
  }

  /**
   * The section {@code inputs}.
   *
   * @throws UserException also where files cannot be read or are not as their format wants them
   */
  Inputs inputs(Section section) {
    InputKind kind = section.read(DataFormat.INPUT_KIND);
    List<Field<?>> allowed =
        new ArrayList<>(
            List.of(DataFormat.INPUT_KIND, DataFormat.INPUT_COUNT, DataFormat.DIMENSION));
    if (kind == InputKind.COLLOCATION) {
      check(section, kind, allowed);
      return collocation(section);
    }
    allowed.add(2, DataFormat.SCALE_OF_INPUTS);
    if (kind == InputKind.GAUSSIAN) {
      allowed.addAll(List.of(DataFormat.Q0, DataFormat.C0));
      check(section, kind, allowed);
      return gaussian(section);
    }
    allowed.add(DataFormat.INPUT_SEED);
    int count = section.read(DataFormat.INPUT_COUNT);
    double scale = section.read(DataFormat.SCALE_OF_INPUTS);
    long seed = section.read(DataFormat.INPUT_SEED);
    if (kind == InputKind.SPHERE) {
      allowed.add(DataFormat.Q0);
      check(section, kind, allowed);
      Inputs.Source sphere = new Inputs.Sphere(section.read(DataFormat.Q0), seed);
      return new Inputs(sphere, count, section.read(DataFormat.DIMENSION), scale);
    }
    DataKind dataKind = DataKind.valueOf(kind.name());
    if (dataKind != DataKind.DIGITS) {
      allowed.addAll(List.of(DataFormat.PATH, DataFormat.SHA256));
    }
    if (isTable(dataKind)) {
      allowed.add(DataFormat.LABEL);
    }
    check(section, kind, allowed);
    return chosen(section, source(section, dataKind), count, scale, seed);
  }

  private static Inputs collocation(Section section) {
    if (section.has(DataFormat.DIMENSION) && section.read(DataFormat.DIMENSION) != 1) {
      throw section.at(DataFormat.DIMENSION).notAllowed("1, of kind collocation");
    }
    return new Inputs(new Inputs.Collocation(), section.read(DataFormat.INPUT_COUNT), 1, 1);
  }

  private static Inputs gaussian(Section section) {
    int count = section.read(DataFormat.INPUT_COUNT);
    int dimension = section.read(DataFormat.DIMENSION);
    if (count > dimension) {
      boolean counted = section.has(DataFormat.INPUT_COUNT);
      throw counted
          ? section
              .at(DataFormat.INPUT_COUNT)
              .notAllowed("whole numbers from 1 to inputs.dimension, which is " + dimension)
          : section
              .at(DataFormat.DIMENSION)
              .notAllowed("whole numbers from inputs.count, which is " + count);
    }
    Inputs.Source source =
        new Inputs.Gaussian(section.read(DataFormat.Q0), section.read(DataFormat.C0));
    return new Inputs(source, count, dimension, section.read(DataFormat.SCALE_OF_INPUTS));
  }

  /** A resolved spec is taken at its word: its files may have been moved since. */
  private Inputs chosen(Section section, DataSource data, int count, double scale, long seed) {
    Inputs.Source source = new Inputs.Chosen(data, seed);
    if (section.has(DataFormat.SHA256) && section.has(DataFormat.DIMENSION)) {
      return new Inputs(source, count, section.read(DataFormat.DIMENSION), scale);
    }
    if (!looks && !(data instanceof DataSource.Bundled)) {
      throw section.missing(DataFormat.DIMENSION);
    }
    int dimension = DataSets.load(data).dimension();
    if (section.has(DataFormat.DIMENSION) && section.read(DataFormat.DIMENSION) != dimension) {
      throw section.at(DataFormat.DIMENSION).notAllowed(dimension + ", that of the data");
    }
    int examples = DataSets.load(data).train().count();
    if (count > examples) {
      throw section
          .at(DataFormat.INPUT_COUNT)
          .notAllowed("whole numbers from 1 to " + examples + ", the training examples");
    }
    return new Inputs(source, count, dimension, scale);
  }

  /** n₀ of a data set; empty where files are not looked at. */
  Optional<Integer> dimension(DataSource data) {
    return looks || !(data instanceof Files)
        ? Optional.of(DataSets.load(data).dimension())
        : Optional.empty();
  }

  /**
   * The section {@code training.data}.
   *
   * @throws UserException also where files cannot be read or are not as their format wants them
   */
  DataSource data(Section section) {
    DataKind kind = section.read(DataFormat.DATA_KIND);
    List<Field<?>> allowed = new ArrayList<>(List.of(DataFormat.DATA_KIND));
    switch (kind) {
      case DIGITS -> {}
      case MNIST, CIFAR10 -> allowed.addAll(List.of(DataFormat.PATH, DataFormat.SHA256));
      case CSV, PARQUET ->
          allowed.addAll(
              List.of(DataFormat.PATH, DataFormat.TEST, DataFormat.LABEL, DataFormat.SHA256));
      case CLUSTERS, TEACHER_STUDENT, SEQUENCES, RETRIEVAL ->
          allowed.addAll(
              List.of(
                  DataFormat.CLASSES,
                  DataFormat.DATA_DIMENSION,
                  DataFormat.EXAMPLES,
                  DataFormat.DATA_SEED));
      case COLLOCATION -> allowed.add(DataFormat.EXAMPLES);
    }
    if (kind == DataKind.CLUSTERS) {
      allowed.add(DataFormat.SEPARATION);
    }
    if (kind == DataKind.SEQUENCES || kind == DataKind.RETRIEVAL) {
      allowed.add(DataFormat.TOKENS);
    }
    check(section, kind, allowed);
    if (isTable(kind) && !section.has(DataFormat.LABEL)) {
      throw section.missing(DataFormat.LABEL);
    }
    return source(section, kind);
  }

  private DataSource source(Section section, DataKind kind) {
    return switch (kind) {
      case DIGITS -> new DataSource.Bundled();
      case MNIST, CIFAR10, CSV, PARQUET -> files(section, kind);
      case CLUSTERS ->
          new DataSource.Clusters(
              section.read(DataFormat.CLASSES),
              section.read(DataFormat.DATA_DIMENSION),
              section.read(DataFormat.EXAMPLES),
              section.read(DataFormat.SEPARATION),
              section.read(DataFormat.DATA_SEED));
      case TEACHER_STUDENT ->
          new DataSource.TeacherStudent(
              section.read(DataFormat.CLASSES),
              section.read(DataFormat.DATA_DIMENSION),
              section.read(DataFormat.EXAMPLES),
              section.read(DataFormat.DATA_SEED));
      case SEQUENCES ->
          new DataSource.Sequences(
              section.read(DataFormat.CLASSES),
              tokens(section),
              section.read(DataFormat.DATA_DIMENSION),
              section.read(DataFormat.EXAMPLES),
              section.read(DataFormat.DATA_SEED));
      case RETRIEVAL -> retrieval(section);
      case COLLOCATION -> collocationPoints(section);
    };
  }

  private static DataSource collocationPoints(Section section) {
    int examples = section.read(DataFormat.EXAMPLES);
    if (examples < FEWEST_POINTS) {
      throw section
          .at(DataFormat.EXAMPLES)
          .notAllowed("whole numbers from " + FEWEST_POINTS + ", of kind collocation");
    }
    return new DataSource.Collocation(examples);
  }

  private static int tokens(Section section) {
    int dimension = section.read(DataFormat.DATA_DIMENSION);
    int tokens = section.read(DataFormat.TOKENS);
    if (dimension % tokens != 0) {
      throw placeOfTokens(section)
          .wrong(
              "%d tokens do not divide a dimension of %d; allowed: a multiple of tokens"
                  .formatted(tokens, dimension));
    }
    return tokens;
  }

  private static Place placeOfTokens(Section section) {
    return section.at(
        section.has(DataFormat.TOKENS) ? DataFormat.TOKENS : DataFormat.DATA_DIMENSION);
  }

  private static DataSource retrieval(Section section) {
    int classes = section.read(DataFormat.CLASSES);
    int dimension = section.read(DataFormat.DATA_DIMENSION);
    int tokens = tokens(section);
    if (tokens < 2 || (tokens - 1) % classes != 0) {
      throw placeOfTokens(section)
          .wrong(
              "%d tokens are not one more than a multiple of %d classes; allowed: %d, %d, …"
                  .formatted(tokens, classes, classes + 1, 2 * classes + 1));
    }
    if (dimension < 2 * tokens) {
      throw section
          .at(DataFormat.DATA_DIMENSION)
          .wrong(
              "%d has no room for a key and a value in each of %d tokens; allowed: at least %d"
                  .formatted(dimension, tokens, 2 * tokens));
    }
    return new DataSource.Retrieval(
        classes,
        tokens,
        dimension,
        section.read(DataFormat.EXAMPLES),
        section.read(DataFormat.DATA_SEED));
  }

  private Files files(Section section, DataKind kind) {
    String path = section.find(DataFormat.PATH);
    if (path == null) {
      throw section.missing(DataFormat.PATH);
    }
    String test = section.find(DataFormat.TEST);
    String sha256 = section.find(DataFormat.SHA256);
    if (sha256 == null && !looks) {
      throw section.missing(DataFormat.SHA256);
    }
    Files files =
        new Files(
            DataSource.Format.valueOf(kind.name()),
            resolved(section.at(DataFormat.PATH), path),
            test == null ? null : resolved(section.at(DataFormat.TEST), test),
            section.find(DataFormat.LABEL),
            sha256 == null ? "" : sha256,
            access);
    try {
      return sha256 == null ? DataSets.identified(files) : files;
    } catch (UserException e) {
      throw section.at(DataFormat.PATH).wrong(String.valueOf(e.getMessage()));
    }
  }

  private String resolved(Place place, String path) {
    try {
      return URI.matcher(path).matches()
          ? path
          : folder.resolve(path).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw place.wrong(
          String.format(
              "%s is no path here (%s); allowed: a path, and in a locale of ASCII (LC_ALL) one of"
                  + " ASCII",
              place.node().shown(), e.getReason()));
    }
  }

  private static boolean isTable(DataKind kind) {
    return kind == DataKind.CSV || kind == DataKind.PARQUET;
  }

  private static void check(Section section, Enum<?> kind, List<Field<?>> allowed) {
    @Nullable Field<?> other = section.firstBeside(allowed);
    if (other != null) {
      Place place = section.at(other);
      throw place.wrong(
          String.format(
              "%s is given beside kind %s; allowed: %s",
              place.node().shown(),
              kind.name().toLowerCase(Locale.ROOT),
              String.join(", ", allowed.stream().<String>map(Field::key).toList())));
    }
  }
}
