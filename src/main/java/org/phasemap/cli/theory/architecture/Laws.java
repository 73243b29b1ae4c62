package org.phasemap.cli.theory.architecture;

/** Parameters that most keys share. */
final class Laws {
  static final Parameter ACTIVATION = Parameter.activation();
  static final Parameter RELU = Parameter.choice("activation", "relu").or("relu");
  static final Parameter HOMOGENEOUS = Parameter.homogeneous("activation").or("relu");
  static final Parameter SIGMA_W2 = Parameter.notNegative("sigma_w2");
  static final Parameter SIGMA_B2 = Parameter.notNegative("sigma_b2").or("0");
  static final Parameter SIGMA_W2_FIRST = Parameter.notNegative("sigma_w2_1");
  static final Parameter SIGMA_W2_SECOND = Parameter.notNegative("sigma_w2_2");
  static final Parameter DEPTH = Parameter.depth("depth", 1);

  /** Layers above a start, which may be none. */
  static final Parameter LAYERS = Parameter.depth("depth", 0);

  static final Parameter BLOCKS = Parameter.depth("blocks", 0);
  static final Parameter SCALE2 = Parameter.notNegative("scale2");
  static final Parameter C0 = Parameter.correlation("c0");
  static final Parameter Q0 = Parameter.positive("q0").or("1");

  private Laws() {}
}
