package org.phasemap.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts a hostile value somewhere into a JSON file. */
final class HostileJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path victim;
  private final Random random;

  /** With values that name files of the folder {@code victim}. */
  HostileJson(Path victim, Random random) {
    this.victim = victim;
    this.random = random;
  }

  /** Changes a file; what was done, for a message. */
  String mutate(Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      return "nothing";
    }
    List<JsonNode> parents = new ArrayList<>();
    collect(root, parents);
    String value = value();
    if (parents.isEmpty()) {
      Files.writeString(file, value);
      return value;
    }
    String where = place(parents.get(random.nextInt(parents.size())));
    Files.writeString(file, JSON.writeValueAsString(root).replace("\"@\"", value));
    return where + " " + value.substring(0, Math.min(60, value.length()));
  }

  /** Marks where the value goes. */
  private String place(JsonNode parent) {
    if (parent instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name =
          names.isEmpty() || random.nextInt(9) == 0
              ? "more"
              : names.get(random.nextInt(names.size()));
      object.put(name, "@");
      return name;
    }
    ArrayNode array = (ArrayNode) parent;
    if (array.size() > 0 && random.nextBoolean()) {
      array.add(array.get(0)); // a file twice
    } else {
      array.add("@");
    }
    return "[]";
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (node.isContainerNode()) {
      parents.add(node);
      node.forEach(child -> collect(child, parents));
    }
  }

  private String value() {
    String relative = "../" + victim.getFileName() + "/replicates/a.parquet";
    List<String> values =
        List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "9223372036854775808",
            "{}",
            "[]",
            "\"\"",
            "\"replicates\"",
            "\"cells\"",
            "\"../..\"",
            "\"" + relative + "\"",
            "\"replicates/../" + relative + "\"",
            "\"replicates/./a.parquet\"",
            "\"replicates//a.parquet\"",
            "\"" + victim.resolve("replicates/a.parquet") + "\"",
            "\"file://" + victim.resolve("replicates/a.parquet") + "\"",
            "\"hdfs://127.0.0.1:1/a.parquet\"",
            "\"replicates/a.parquet\"",
            "\"cells/a.parquet\"",
            "\"replicates/*.parquet\"",
            "\"replicates/a\\u0000.parquet\"",
            "\"replicates/\\u001b[31m.parquet\"",
            "[".repeat(1000) + "]".repeat(1000),
            "{\"a\":".repeat(1000) + "1" + "}".repeat(1000),
            "\"" + "x".repeat(100_000) + "\"");
    return values.get(random.nextInt(values.size()));
  }
}
