package org.phasemap.cli.claims;

/** What figures say of a statement. */
enum Verdict {
  TRUE("true"),
  LIMITS("true within limits"),
  FALSE("false"),
  NOT_MEASURED("not measured");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As the page writes it. */
  String words() {
    return words;
  }
}
