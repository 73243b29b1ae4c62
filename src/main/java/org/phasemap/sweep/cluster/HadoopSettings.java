package org.phasemap.sweep.cluster;

import org.apache.hadoop.conf.Configuration;
import org.phasemap.store.LocalFiles;

/**
 * The file systems of {@link Session#hadoopConfiguration}, for commands that start no session: it
 * loads no class of Spark, which takes half a second.
 */
public final class HadoopSettings {
  private static final String HADOOP = "spark.hadoop.";
  private static final String OWN = "spark.phasemap.";

  private HadoopSettings() {}

  /** Hadoop's own, and what the launcher or spark-submit has set for this process. */
  public static Configuration ofThisProcess() {
    Configuration configuration = new Configuration();
    configuration.setIfUnset("fs.file.impl", LocalFiles.class.getName());
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              String value = System.getProperty(name, "");
              if (name.startsWith(HADOOP)) {
                configuration.set(name.substring(HADOOP.length()), value);
              } else if (name.startsWith(OWN)) {
                configuration.set("phasemap." + name.substring(OWN.length()), value);
              }
            });
    StorePatience.limit(configuration);
    return configuration;
  }
}
