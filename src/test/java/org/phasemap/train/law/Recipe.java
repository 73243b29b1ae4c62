package org.phasemap.train.law;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A trained cell, in the words of docs/spec.md.
 *
 * @param name says which in failures
 * @param network fields of {@code network}
 * @param training fields of {@code training}, those with a dot inside a section
 */
record Recipe(String name, Map<String, String> network, Map<String, String> training) {
  /**
   * Every recipe starts from this one: tanh, 4 layers of 12 units, 24 steps of SGD on 16 digits.
   */
  static Recipe named(String name) {
    Map<String, String> network = new LinkedHashMap<>();
    network.put("activation", "tanh");
    network.put("depth", "4");
    network.put("width", "12");
    network.put("sigma_w2", "1.5");
    network.put("sigma_b2", "0.05");
    Map<String, String> training = new LinkedHashMap<>();
    training.put("learning_rate", "0.1");
    training.put("batch_size", "16");
    training.put("steps", "24");
    training.put("accuracy_threshold", "0.3");
    return new Recipe(name, network, training);
  }

  Recipe network(String field, Object value) {
    return new Recipe(name, with(network, field, value), training);
  }

  Recipe training(String field, Object value) {
    return new Recipe(name, network, with(training, field, value));
  }

  private static Map<String, String> with(Map<String, String> map, String field, Object value) {
    Map<String, String> changed = new LinkedHashMap<>(map);
    changed.put(field, String.valueOf(value));
    return changed;
  }

  /** A field of the network, or the default of docs/spec.md. */
  double networkNumber(String field, double otherwise) {
    String text = network.get(field);
    return text == null ? otherwise : Double.parseDouble(text);
  }

  /** A field of the training, or the default of docs/spec.md. */
  double trainingNumber(String field, double otherwise) {
    String text = training.get(field);
    return text == null ? otherwise : Double.parseDouble(text);
  }

  String text(String field, String otherwise) {
    return training.getOrDefault(field, otherwise);
  }

  String activation() {
    return String.valueOf(network.get("activation"));
  }

  int depth() {
    return (int) networkNumber("depth", Double.NaN);
  }

  int width() {
    return (int) networkNumber("width", Double.NaN);
  }

  /** The recipe as a spec that trains so many networks and measures nothing else. */
  String spec(int networks, long seed) {
    return String.format(
        Locale.ROOT,
        "name: law%nseed: %d%nprobes: []%nnetwork: %s%ntraining: %s%n",
        seed,
        flow(network),
        flow(with(training, "replicates", networks)));
  }

  /** A YAML mapping; {@code a.b} becomes b in the section a. */
  private static String flow(Map<String, String> fields) {
    Map<String, Map<String, String>> sections = new TreeMap<>();
    Map<String, String> flat = new LinkedHashMap<>();
    fields.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          if (dot < 0) {
            flat.put(key, value);
          } else {
            sections
                .computeIfAbsent(key.substring(0, dot), section -> new LinkedHashMap<>())
                .put(key.substring(dot + 1), value);
          }
        });
    sections.forEach((section, inner) -> flat.put(section, flow(inner)));
    return flat.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
