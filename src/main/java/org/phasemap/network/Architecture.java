package org.phasemap.network;

import java.io.Serializable;

/**
 * The kind of a network. Who measures, predicts, trains or weighs networks has a {@link Reader}: a
 * new kind does not compile until each of them says what it does with it.
 */
public sealed interface Architecture extends Serializable {
  /** Fully connected layers of one width: {@link NetworkConfig}. */
  Architecture MLP = new Mlp();

  /** What a reader says of it. */
  <R> R read(Reader<R> reader);

  /** Answers one question about each kind. */
  interface Reader<R> {
    /** Of fully connected layers. */
    R mlp(Mlp mlp);
  }

  /** Fully connected layers of one width. */
  record Mlp() implements Architecture {
    @Override
    public <R> R read(Reader<R> reader) {
      return reader.mlp(this);
    }
  }
}
