package org.phasemap.sweep.cluster;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.data.LocalFiles;

/**
 * The file systems of this process, as Spark would set them: Hadoop's own files, keys and endpoint
 * of S3 from the environment, and what the launcher or spark-submit has been told. It loads no
 * class of Spark, which takes a second.
 */
public final class HadoopSettings {
  private static final String YARN = "__spark_hadoop_conf__.xml";
  private static final String SPARK = "spark.";
  private static final String HADOOP = "spark.hadoop.";
  private static final String HIVE = "spark.hive.";
  private static final String OWN = "spark.phasemap.";

  private HadoopSettings() {}

  /** What every command reads and writes by. */
  public static Configuration ofThisProcess() {
    NamelessUser.name();
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    Configuration configuration = of(properties, System.getenv());
    StorePatience.limit(configuration);
    return configuration;
  }

  /**
   * As Spark's {@code SparkHadoopUtil.newConfiguration}, and {@code spark.phasemap.*} besides.
   *
   * @param properties of the process
   * @param environment of the process
   */
  static Configuration of(Map<String, String> properties, Map<String, String> environment) {
    Configuration configuration = new Configuration();
    configuration.addResource(YARN); // YARN's client sends it to a driver on the cluster.
    addKeys(configuration, environment);
    if (isLocal(properties.getOrDefault("spark.master", "local"))) {
      configuration.set("fs.file.impl", LocalFiles.class.getName());
    }
    configuration.set("io.file.buffer.size", properties.getOrDefault("spark.buffer.size", "65536"));
    configuration.set("mapreduce.fileoutputcommitter.algorithm.version", "1");
    configuration.set("fs.s3a.downgrade.syncable.exceptions", "true");
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(HADOOP)) {
            configuration.set(name.substring(HADOOP.length()), value);
          } else if (name.startsWith(HIVE) || name.startsWith(OWN)) {
            configuration.set(name.substring(SPARK.length()), value);
          }
        });
    return configuration;
  }

  /** Whether a master runs tasks in this process. */
  static boolean isLocal(String master) {
    return master.startsWith("local");
  }

  private static void addKeys(Configuration configuration, Map<String, String> environment) {
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      return;
    }
    String endpoint = environment.get("AWS_ENDPOINT_URL");
    if (endpoint != null) {
      configuration.set("fs.s3a.endpoint", endpoint);
    }
    configuration.set("fs.s3.awsAccessKeyId", id);
    configuration.set("fs.s3n.awsAccessKeyId", id);
    configuration.set("fs.s3a.access.key", id);
    configuration.set("fs.s3.awsSecretAccessKey", secret);
    configuration.set("fs.s3n.awsSecretAccessKey", secret);
    configuration.set("fs.s3a.secret.key", secret);
    String token = environment.get("AWS_SESSION_TOKEN");
    if (token != null) {
      configuration.set("fs.s3a.session.token", token);
    }
  }
}
