package org.phasemap.kernel;

/** Asks every backend all that a plan asks. */
final class BackendsProbe {
  private BackendsProbe() {}

  public static void main(String[] arguments) {
    for (Backend backend : Backends.all()) {
      // In one piece: the JVM's own words would stand between those of printf.
      String answers =
          String.format(
              "asked %s %d %s %s %s",
              backend.id(),
              backend.order(),
              backend.worksEverywhere(),
              backend.speed(),
              backend.gpus().isPresent());
      System.out.println(answers);
    }
    System.out.println(Backends.preferred() + " " + Backends.find("nd4j"));
  }
}
