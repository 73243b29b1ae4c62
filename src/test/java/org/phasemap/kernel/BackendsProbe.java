package org.phasemap.kernel;

/** Asks every backend all that a plan asks. */
final class BackendsProbe {
  private BackendsProbe() {}

  public static void main(String[] arguments) {
    for (Backend backend : Backends.all()) {
      System.out.printf(
          "asked %s %d %s %s %s%n",
          backend.id(),
          backend.order(),
          backend.worksEverywhere(),
          backend.speed(),
          backend.gpus().map(Gpus::areBuiltIn));
    }
    System.out.println(Backends.preferred() + " " + Backends.find("nd4j"));
  }
}
