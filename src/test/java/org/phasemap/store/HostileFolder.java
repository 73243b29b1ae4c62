package org.phasemap.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A results folder that somebody has tampered with, in one of many ways that a seed chooses. */
final class HostileFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path victim;
  private final Random random;

  /**
   * A folder to be tampered with.
   *
   * @param victim another folder, with {@code replicates/a.parquet} and other files
   */
  HostileFolder(Path folder, Path victim, long seed) {
    this.folder = folder;
    this.victim = victim;
    this.random = new Random(seed);
  }

  /** One or two mutations; what they were, for a message. */
  String mutate() throws IOException {
    String first = one();
    return random.nextInt(4) == 0 ? first + ", " + one() : first;
  }

  private String one() throws IOException {
    Path file = any(files());
    String name = folder.relativize(file).toString();
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> {
        Path entry = any(List.of("manifest/000001.json", "manifest/000002.json", "_lock"));
        if (!Files.isRegularFile(entry)) {
          return "nothing";
        }
        return folder.relativize(entry) + ": " + json(entry);
      }
      case 4 -> {
        Files.write(file, flipped(Files.readAllBytes(file)));
        return name + " flipped";
      }
      case 5 -> {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        return name + " cut off";
      }
      case 6 -> {
        Files.delete(file);
        Files.createSymbolicLink(file, any(victim));
        return name + " a link";
      }
      case 7 -> {
        Path part = folder.resolve(pick("manifest", "replicates", "cells", "_staging", "_lock"));
        move(part, folder.resolve("moved" + random.nextInt()));
        Files.createSymbolicLink(part, victim.resolve(pick("replicates", "", "spec.yaml")));
        return part.getFileName() + " a link";
      }
      case 8 -> {
        Path other = any(files());
        Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
        return name + " in the place of " + folder.relativize(other);
      }
      default -> {
        Path to = folder.resolve(pick("manifest/000003.json", "manifest/000007.json", "_lock"));
        Files.createDirectories(to.getParent());
        Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
        return name + " moved to " + to.getFileName();
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to);
    }
  }

  private byte[] flipped(byte[] bytes) {
    for (int i = 0; bytes.length > 0 && i <= random.nextInt(4); i++) {
      // Half of them in what Parquet reads first.
      int within = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 3000);
      bytes[bytes.length - 1 - random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Puts a hostile value somewhere into a JSON file. */
  private String json(Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      return "nothing";
    }
    List<JsonNode> parents = new ArrayList<>();
    collect(root, parents);
    String value = hostile();
    if (parents.isEmpty()) {
      Files.writeString(file, value);
      return value;
    }
    String place = "\"@\"";
    JsonNode parent = parents.get(random.nextInt(parents.size()));
    String where;
    if (parent instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      where =
          names.isEmpty() || random.nextInt(9) == 0 ? "more" : pick(names.toArray(String[]::new));
      object.put(where, "@");
    } else {
      ArrayNode array = (ArrayNode) parent;
      where = "[]";
      if (array.size() > 0 && random.nextBoolean()) {
        array.add(array.get(0)); // a file twice
      } else {
        array.add("@");
      }
    }
    Files.writeString(file, JSON.writeValueAsString(root).replace(place, value));
    return where + " " + value.substring(0, Math.min(60, value.length()));
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (node.isContainerNode()) {
      parents.add(node);
      node.forEach(child -> collect(child, parents));
    }
  }

  private String hostile() {
    String relative = "../" + victim.getFileName() + "/replicates/a.parquet";
    return pick(
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
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private Path any(List<?> paths) {
    Object chosen = paths.get(random.nextInt(paths.size()));
    return chosen instanceof Path path ? path : folder.resolve(chosen.toString());
  }

  private Path any(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return any(files.sorted().toList());
    }
  }
}
