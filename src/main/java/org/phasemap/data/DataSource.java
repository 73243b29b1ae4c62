package org.phasemap.data;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.CellId;

/** Where labelled examples come from. */
public sealed interface DataSource extends Serializable {
  /** What specs and tables call it. */
  String name();

  /** What the examples are, wherever they lie: equal identities give equal examples. */
  String identity();

  /**
   * Planes in which an example's numbers are stored, one after the other: 3 for images colour by
   * colour, 1 where all numbers of a position stand together.
   */
  default int planes() {
    return 1;
  }

  /** The bundled digits. */
  record Bundled() implements DataSource {
    @Override
    public String name() {
      return Digits.NAME;
    }

    @Override
    public String identity() {
      return name();
    }
  }

  /** How files hold examples. */
  enum Format {
    /** A folder of four IDX files. */
    MNIST,
    /** A folder of binary batches. */
    CIFAR10,
    /** Text with a header. */
    CSV,
    PARQUET
  }

  /**
   * Files on any Hadoop file system.
   *
   * @param format how they hold examples
   * @param path of a folder or a table
   * @param test path of a table of test examples; null where every fifth row is one
   * @param label column of a table that holds the class; null for examples without classes
   * @param sha256 of what the files hold, unzipped, 64 hex digits; empty until they were read
   * @param access to them
   */
  record Files(
      Format format,
      String path,
      @Nullable String test,
      @Nullable String label,
      String sha256,
      FileAccess access)
      implements DataSource {
    /** Files that need no settings. */
    public Files(
        Format format, String path, @Nullable String test, @Nullable String label, String sha256) {
      this(format, path, test, label, sha256, FileAccess.PLAIN);
    }

    @Override
    public String name() {
      return format.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String identity() {
      return name() + "|" + sha256 + (label == null ? "" : "|" + label);
    }

    @Override
    public int planes() {
      return format == Format.CIFAR10 ? CifarFolder.PLANES : 1;
    }

    /** The same files with another hash. */
    Files withSha256(String hash) {
      return new Files(format, path, test, label, hash, access);
    }
  }

  /**
   * Gaussian clusters: a centre for each class, its components N(0, separation²), and N(0, 1) noise
   * on every component of an example. Every fifth example is a test example.
   *
   * @param classes &gt;= 1, equally likely
   * @param dimension n₀ &gt;= 1
   * @param examples &gt;= 5, training and test together
   * @param separation of the centres
   * @param seed of all of it
   */
  record Clusters(int classes, int dimension, int examples, double separation, long seed)
      implements DataSource {
    @Override
    public String name() {
      return "clusters";
    }

    @Override
    public String identity() {
      return String.join(
          "|",
          name(),
          classes + "x" + dimension + "x" + examples,
          CellId.bits(separation),
          Long.toString(seed));
    }
  }

  /**
   * Gaussian inputs that a random teacher labels: the class is the largest output of a tanh network
   * with one hidden layer of n₀ units, weights N(0, 1/fan-in). Every fifth example is a test
   * example.
   *
   * @param classes outputs of the teacher, &gt;= 1
   * @param dimension n₀ &gt;= 1
   * @param examples &gt;= 5, training and test together
   * @param seed of the teacher and of the inputs
   */
  record TeacherStudent(int classes, int dimension, int examples, long seed) implements DataSource {
    @Override
    public String name() {
      return "teacher_student";
    }

    @Override
    public String identity() {
      return name() + "|" + classes + "x" + dimension + "x" + examples + "|" + seed;
    }
  }

  /**
   * Sequences of tokens: each is the vector of one of the symbols, whose components are N(0, 1),
   * and the class is the symbol that stands there most often, which is one alone. Tokens are one
   * after the other; their order says nothing. Every fifth example is a test example.
   *
   * @param classes symbols, &gt;= 1, equally likely to be the class
   * @param tokens T &gt;= 1
   * @param dimension n₀, a multiple of T
   * @param examples &gt;= 5, training and test together
   * @param seed of all of it
   */
  record Sequences(int classes, int tokens, int dimension, int examples, long seed)
      implements DataSource {
    @Override
    public String name() {
      return "sequences";
    }

    @Override
    public String identity() {
      String sizes = classes + "x" + tokens + "x" + dimension + "x" + examples;
      return name() + "|" + sizes + "|" + seed;
    }
  }

  /**
   * Points of [−1, 1] where a function is held to an equation: {@link CollocationPoints}.
   *
   * @param examples &gt;= 16, training and test together
   */
  record Collocation(int examples) implements DataSource {
    @Override
    public String name() {
      return "collocation";
    }

    @Override
    public String identity() {
      return name() + "|" + examples;
    }
  }

  /**
   * Sequences to look something up in. All but one of the tokens are pairs of a key and a value;
   * all keys are there once, and each class is the value of equally many, at random. The last one
   * asks for a key, and the class is its value. Tokens stand in a random order. The counts of
   * values and of keys say nothing, and no sum over tokens of what each of them says alone tells
   * the classes apart: a token has to see another one. Every fifth example is a test example.
   *
   * @param classes values, &gt;= 2
   * @param tokens T, one more than a multiple of the classes
   * @param dimension n₀, a multiple of T; the first half of a token is its key, rounded up
   * @param examples &gt;= 5, training and test together
   * @param seed of all of it
   */
  record Retrieval(int classes, int tokens, int dimension, int examples, long seed)
      implements DataSource {
    @Override
    public String name() {
      return "retrieval";
    }

    @Override
    public String identity() {
      String sizes = classes + "x" + tokens + "x" + dimension + "x" + examples;
      return name() + "|" + sizes + "|" + seed;
    }
  }
}
