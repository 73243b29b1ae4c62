package org.phasemap.spec.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * As much of JSON Schema, draft 7, as the schema of specs uses. Written from the standard, not from
 * what makes the schema; it refuses a keyword that it does not know.
 */
@SuppressWarnings("StatementSwitchToExpressionSwitch") // its cases share their end
final class JsonSchema {
  private JsonSchema() {}

  /** What is wrong with a value, by where it stands; empty where nothing is. */
  static List<String> faults(Map<String, ?> schema, Object value, String where) {
    List<String> faults = new ArrayList<>();
    schema.forEach(
        (keyword, rule) -> {
          if (!holds(schema, keyword, rule, value, where, faults)) {
            faults.add(where + ": " + keyword + " " + brief(rule) + " does not hold");
          }
        });
    return faults;
  }

  private static String brief(Object rule) {
    String text = String.valueOf(rule);
    return text.length() < 80 ? text : text.substring(0, 80) + "…";
  }

  private static boolean holds(
      Map<String, ?> schema,
      String keyword,
      Object rule,
      Object value,
      String where,
      List<String> faults) {
    switch (keyword) {
      case "$schema", "title", "description":
        return true;
      case "type":
        return isOf((String) rule, value);
      case "enum":
        return ((List<?>) rule).contains(value);
      case "pattern":
        return !(value instanceof String s) || Pattern.compile((String) rule).matcher(s).find();
      case "minimum":
        return !(value instanceof Number n) || n.doubleValue() >= ((Number) rule).doubleValue();
      case "exclusiveMinimum":
        return !(value instanceof Number n) || n.doubleValue() > ((Number) rule).doubleValue();
      case "maximum":
        return !(value instanceof Number n) || n.doubleValue() <= ((Number) rule).doubleValue();
      case "minItems":
        return !(value instanceof List<?> l) || l.size() >= (int) rule;
      case "maxItems":
        return !(value instanceof List<?> l) || l.size() <= (int) rule;
      case "uniqueItems":
        return !(value instanceof List<?> l) || new HashSet<>(l).size() == l.size();
      case "minProperties":
        return !(value instanceof Map<?, ?> m) || m.size() >= (int) rule;
      case "items":
        if (value instanceof List<?> list) {
          list.forEach(item -> faults.addAll(faults(schema(rule), item, where + "[]")));
        }
        return true;
      case "required":
        return !(value instanceof Map<?, ?> m) || m.keySet().containsAll((List<?>) rule);
      case "properties":
        if (value instanceof Map<?, ?> map) {
          schema(rule)
              .forEach(
                  (name, below) -> {
                    if (map.containsKey(name)) {
                      faults.addAll(faults(schema(below), map.get(name), where + "." + name));
                    }
                  });
        }
        return true;
      case "additionalProperties":
        return !(value instanceof Map<?, ?> m)
            || schema(Objects.requireNonNull(schema.get("properties")))
                .keySet()
                .containsAll(m.keySet());
      case "anyOf":
        return count((List<?>) rule, value) > 0;
      case "oneOf":
        return count((List<?>) rule, value) == 1;
      default:
        throw new IllegalArgumentException("unknown keyword " + keyword);
    }
  }

  private static long count(List<?> schemas, Object value) {
    return schemas.stream().filter(s -> faults(schema(s), value, "").isEmpty()).count();
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue());
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> schema(Object rule) {
    return (Map<String, Object>) rule;
  }
}
