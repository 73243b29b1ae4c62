package org.phasemap.kernel.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Kernels as text that the driver translates for its GPU. That takes it seconds for a kernel that
 * measures networks, and a process needs few of them. So each kernel is a module of its own: its
 * text and that of all that it calls.
 */
final class Ptx {
  private static final Pattern HEADER = Pattern.compile("\\.(version|target|address_size) .*");
  private static final Pattern WORD = Pattern.compile("[\\w$]+");
  private static final Pattern FUNCTION =
      Pattern.compile("\\A[.\\w ]*\\.(?:func|entry) +(?:\\([^)]*\\) *)?([\\w$]+)");
  private static final Pattern VARIABLE =
      Pattern.compile("\\A\\.[.\\w ]* ([\\w$]+)(?:\\[\\d*])?(?: = (.*))?;");
  private static final Pattern KERNEL =
      Pattern.compile("\\.entry (\\w+)\\(\\s*\\.param \\.align \\d+ \\.b8 \\w+\\[(\\d+)]\\s*\\)");
  private static final Pattern THREADS = Pattern.compile("(?m)^\\.maxntid (\\d+)");
  private static final Pattern BLOCKS = Pattern.compile("(?m)^\\.minnctapersm (\\d+)");

  /** What {@code SHARED_BYTES} of the source puts behind a kernel's name. */
  private static final String SHARED_BYTES = "_shared_bytes";

  /** Made by {@code jobs/cuda-kernels ptx}. */
  static final Ptx KERNELS = parse(read("phasemap.ptx"));

  private final String text;
  private final String header;
  private final List<Item> items;

  /** Words of what has a name, by that name: a function may stand twice, declared and defined. */
  private final Map<String, Set<String>> words = new LinkedHashMap<>();

  private final Map<String, DeviceKernel> kernels = new LinkedHashMap<>();

  /** A function, a kernel or a variable. */
  private record Item(String name, String text) {
    static Item of(String text) {
      Matcher function = FUNCTION.matcher(text);
      Matcher variable = VARIABLE.matcher(text);
      if (function.find()) {
        return new Item(function.group(1), text);
      }
      if (variable.find()) {
        return new Item(variable.group(1), text);
      }
      throw new IllegalArgumentException("PTX that nobody can name: " + text);
    }
  }

  private Ptx(String text, String header, List<Item> items) {
    this.text = text;
    this.header = header;
    this.items = items;
    Set<String> names = items.stream().map(Item::name).collect(Collectors.toSet());
    for (Item item : items) {
      Set<String> own = words.computeIfAbsent(item.name, name -> new LinkedHashSet<>());
      WORD.matcher(item.text).results().map(m -> m.group()).filter(names::contains).forEach(own::add);
    }
    Map<String, Integer> shared = new LinkedHashMap<>();
    for (Item item : items) {
      if (item.name.endsWith(SHARED_BYTES)) {
        shared.put(item.name, number(VARIABLE, 2, item.text, 0));
      }
    }
    for (Item item : items) {
      Matcher kernel = KERNEL.matcher(item.text);
      if (kernel.find()) {
        kernels.put(
            item.name,
            new DeviceKernel(
                item.name,
                Integer.parseInt(kernel.group(2)),
                number(THREADS, 1, item.text, 1024),
                number(BLOCKS, 1, item.text, 1),
                shared.getOrDefault(item.name + SHARED_BYTES, 0)));
      }
    }
  }

  private static int number(Pattern pattern, int group, String text, int otherwise) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Integer.parseInt(found.group(group)) : otherwise;
  }

  /** Reads what {@code jobs/cuda-kernels ptx} writes. */
  static Ptx parse(String text) {
    StringBuilder header = new StringBuilder();
    List<Item> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (HEADER.matcher(line).matches()) {
        header.append(line).append('\n');
        continue;
      }
      // What is within an item has a tab in front, but for brackets, labels and a kernel's limits.
      boolean ends = line.equals(";") || line.equals("}") || (item.isEmpty() && line.endsWith(";"));
      item.append(line).append('\n');
      if (ends) {
        items.add(Item.of(item.toString()));
        item.setLength(0);
      }
    }
    return new Ptx(text, header.toString(), items);
  }

  private static String read(String name) {
    try (InputStream in = Ptx.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it. */
  String text() {
    return text;
  }

  Collection<DeviceKernel> kernels() {
    return kernels.values();
  }

  /**
   * A kernel.
   *
   * @throws IllegalArgumentException if there is no such kernel
   */
  DeviceKernel kernel(String name) {
    DeviceKernel kernel = kernels.get(name);
    if (kernel == null) {
      throw new IllegalArgumentException(
          "There is no kernel %s; there are %s".formatted(name, kernels.keySet()));
    }
    return kernel;
  }

  /** The module of a kernel, for the driver: the kernel and what it calls, in the text's order. */
  String module(String kernel) {
    Set<String> reached = new LinkedHashSet<>();
    reach(kernel, reached);
    return items.stream()
        .filter(item -> reached.contains(item.name))
        .map(Item::text)
        .collect(Collectors.joining("", header, ""));
  }

  private void reach(String name, Set<String> reached) {
    if (reached.add(name)) {
      words.getOrDefault(name, Set.of()).forEach(word -> reach(word, reached));
    }
  }

  /**
   * Checks a launch's argument.
   *
   * @throws IllegalArgumentException if there is no such kernel, or its argument has another size
   */
  void check(String name, int bytes) {
    int expected = kernel(name).argumentBytes();
    if (expected != bytes) {
      throw new IllegalArgumentException(
          "Cannot launch %s with an argument of %d bytes: must be %d"
              .formatted(name, bytes, expected));
    }
  }
}
