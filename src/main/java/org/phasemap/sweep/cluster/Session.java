package org.phasemap.sweep.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.LocalFiles;
import org.phasemap.network.UserException;

/** A Spark session: on the cluster that spark-submit names, else in this JVM. */
public final class Session implements Supplier<SparkSession>, AutoCloseable {
  /** What jobs/phasemap calls an application before it knows what for. */
  private static final String LAUNCHER = "phasemap";

  /** What every session needs, unless the user sets it. */
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  /** What a session in this JVM needs besides. */
  private static final Map<String, String> LOCAL = new LinkedHashMap<>();

  static {
    // Times in tables are UTC wherever the driver runs.
    DEFAULTS.put("spark.sql.session.timeZone", "UTC");
    // A unit that fails is a row; a task that fails is a lost executor, worth another try.
    DEFAULTS.put("spark.task.maxFailures", "4");
    // A wave is committed while the next is measured: its few tasks must not wait for all units.
    DEFAULTS.put("spark.scheduler.mode", "FAIR");
    // Every core with four tries a task: local[*] alone has none.
    LOCAL.put("spark.master", "local[*,4]");
    // The progress bar says what the UI would; starting it costs a second and opens a port.
    LOCAL.put("spark.ui.enabled", "false");
    // Laptops change networks; the driver talks to nobody but itself.
    LOCAL.put("spark.driver.host", "127.0.0.1");
    LOCAL.put("spark.driver.bindAddress", "127.0.0.1");
    // Laptops sleep. A driver that misses two minutes of its own heartbeats would end the process.
    LOCAL.put("spark.storage.blockManagerHeartbeatTimeoutMs", "365d");
    // Every task writes files. Executors may have no PhaseMap yet when they open their first.
    LOCAL.put("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
    // LZ4's library, 0.15 MB, stays in the temporary folder of a process that is killed.
    LOCAL.put("spark.io.compression.codec", "zstd");
    // Rows are few: 200 shuffle partitions would be 200 empty tasks.
    LOCAL.put("spark.sql.shuffle.partitions", "8");
  }

  private final String name;
  private @Nullable SparkSession opened;

  /**
   * A session that is not started yet.
   *
   * @param name of the application, unless the user has given it one
   */
  public Session(String name) {
    this.name = name;
  }

  /** The session; it starts when it is first asked for. */
  @Override
  public SparkSession get() {
    SparkSession session = opened == null ? open(name) : opened;
    opened = session;
    return session;
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.stop();
    }
  }

  /**
   * A new session.
   *
   * @param name of the application, unless the user has given it one
   * @throws UserException if Spark does not start: its master does not answer, or the driver has no
   *     place for its files
   */
  public static SparkSession open(String name) {
    SparkConf conf = conf();
    // What spark-submit makes up, and the launcher, is no name that a user has given.
    String given = conf.get("spark.app.name", LAUNCHER);
    if (given.equals(LAUNCHER) || given.startsWith("org.phasemap.")) {
      conf.setAppName(LAUNCHER + " " + name);
    }
    String places = localDirectories(conf);
    NamelessUser.name();
    try {
      if (conf.get("spark.master").startsWith("local") && !choosesPlaces(conf)) {
        conf.set("spark.local.dir", LocalFolders.in(Path.of(places)).toString());
      }
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      throw new UserException(
          String.format(
              "%s: Spark did not start (%s); allowed: %s",
              conf.get("spark.master"), firstLine(e), remedy(e, places)),
          e);
    }
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** What it needs, as far as its words say. */
  private static String remedy(Throwable failure, String places) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String said = String.valueOf(e.getMessage());
      if (said.contains("Too many open files")) {
        return "more open files (ulimit -n 4096)";
      } else if (said.contains("heap size") || said.contains("memory")) {
        return "a heap of 450 MB or more, such as JAVA_TOOL_OPTIONS=-Xmx2g";
      }
    }
    return "a master that answers, and space in spark.local.dir (" + places + ")";
  }

  private static boolean choosesPlaces(SparkConf conf) {
    return System.getenv("SPARK_LOCAL_DIRS") != null || conf.contains("spark.local.dir");
  }

  /** Where Spark puts its files; without a place it would end the process. */
  private static String localDirectories(SparkConf conf) {
    String places =
        System.getenv()
            .getOrDefault(
                "SPARK_LOCAL_DIRS",
                conf.get("spark.local.dir", System.getProperty("java.io.tmpdir")));
    boolean anyIsWritable =
        Pattern.compile(",")
            .splitAsStream(places)
            .map(place -> new File(place.strip()))
            .anyMatch(place -> (place.isDirectory() || place.mkdirs()) && place.canWrite());
    if (!anyIsWritable) {
      throw new UserException(
          String.format(
              "spark.local.dir: %s cannot be written; allowed: a folder with space that you may"
                  + " write to",
              places));
    }
    return places;
  }

  /** What the user has set, and what a session needs besides. */
  public static SparkConf conf() {
    SparkConf conf = new SparkConf();
    DEFAULTS.forEach(conf::setIfMissing);
    if (HadoopSettings.isLocal(conf.get("spark.master", "local"))) {
      LOCAL.forEach(conf::setIfMissing);
    }
    return conf;
  }
}
