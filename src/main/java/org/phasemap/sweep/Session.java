package org.phasemap.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark: on the cluster that spark-submit names, else in this JVM. */
public final class Session {
  /** What every session needs, unless the user sets it. */
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  /** What a session in this JVM needs besides. */
  private static final Map<String, String> LOCAL = new LinkedHashMap<>();

  static {
    DEFAULTS.put("spark.app.name", "phasemap");
    // Times in tables are UTC wherever the driver runs.
    DEFAULTS.put("spark.sql.session.timeZone", "UTC");
    // A unit that fails is a row; a task that fails is a lost executor, worth another try.
    DEFAULTS.put("spark.task.maxFailures", "4");
    // Every core with four tries a task: local[*] alone has none.
    LOCAL.put("spark.master", "local[*,4]");
    // The progress bar says what the UI would; starting it costs a second and opens a port.
    LOCAL.put("spark.ui.enabled", "false");
    // Laptops change networks; the driver talks to nobody but itself.
    LOCAL.put("spark.driver.host", "127.0.0.1");
    LOCAL.put("spark.driver.bindAddress", "127.0.0.1");
    // Rows are few: 200 shuffle partitions would be 200 empty tasks.
    LOCAL.put("spark.sql.shuffle.partitions", "8");
  }

  private Session() {}

  /** A new session. */
  public static SparkSession open() {
    SparkConf conf = new SparkConf();
    boolean local = !conf.contains("spark.master") || conf.get("spark.master").startsWith("local");
    DEFAULTS.forEach(conf::setIfMissing);
    if (local) {
      LOCAL.forEach(conf::setIfMissing);
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
