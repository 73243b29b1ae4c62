package org.phasemap.kernel.nd4j;

import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Starts ND4J once: silently, and with one thread for whoever calls it. */
final class Nd4jLibrary {
  static final boolean LOADS = load();

  private Nd4jLibrary() {}

  private static boolean load() {
    if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) {
      System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    }
    try {
      Environment environment = Nd4j.getEnvironment();
      environment.setMaxThreads(1);
      environment.setMaxMasterThreads(1);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      Nd4j.factory().blas().setMaxThreads(1);
      return true;
    } catch (LinkageError e) {
      return false;
    }
  }
}
