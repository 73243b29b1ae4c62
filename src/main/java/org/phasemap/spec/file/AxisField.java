package org.phasemap.spec.file;

import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Type;

/** The field that gives an axis its values; it has the name of the axis's column. */
record AxisField<T>(Axis<T> axis, Field<List<T>> field) {
  static <T> AxisField<T> required(
      Axis<T> axis, Type<List<T>> type, String meaning, String example) {
    return new AxisField<>(axis, Field.required(axis.column(), type, meaning, example));
  }

  static <T> AxisField<T> optional(
      Axis<T> axis, Type<List<T>> type, String whenAbsent, String meaning, String example) {
    return new AxisField<>(axis, Field.optional(axis.column(), type, whenAbsent, meaning, example));
  }

  static <T> AxisField<T> defaulted(
      Axis<T> axis, Type<List<T>> type, String defaultYaml, String meaning, String example) {
    return new AxisField<>(
        axis, Field.defaulted(axis.column(), type, defaultYaml, meaning, example));
  }
}
