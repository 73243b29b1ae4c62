package org.phasemap.train;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A result as a list in which equal numbers are equal to the bit. */
final class ResultBits {
  private ResultBits() {}

  static List<String> of(TrainingResult result) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : TrainingResult.class.getRecordComponents()) {
      try {
        fields.add(component.getName() + " " + text(component.getAccessor().invoke(result)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component.getName(), e);
      }
    }
    return fields;
  }

  private static String text(Object value) {
    if (value instanceof Double x) {
      return Double.toHexString(x);
    }
    if (value instanceof double[] list) {
      return Arrays.stream(list).mapToObj(Double::toHexString).toList().toString();
    }
    return value instanceof int[] list ? Arrays.toString(list) : String.valueOf(value);
  }
}
