package org.phasemap.spec.yaml;

/** What a field may hold. */
public interface Type<T> {
  /** The kind of value in a word, for the table of fields. */
  String shape();

  /** The values that are allowed, for the table of fields and for messages. */
  String allowed();

  /**
   * Reads a value.
   *
   * @throws org.phasemap.network.UserException where it is not allowed
   */
  T read(Place place);
}
