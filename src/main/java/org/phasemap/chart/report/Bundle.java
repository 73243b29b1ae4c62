package org.phasemap.chart.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Modules as one, for a page that is opened from a disk: there a browser loads no module from
 * another file, and a content security policy admits an inline one by its hash. Where a server
 * sends the modules, browsers read them as they are.
 */
final class Bundle {
  private final UnaryOperator<String> sources;
  private final Map<String, WebModule> modules = new LinkedHashMap<>();

  private Bundle(UnaryOperator<String> sources) {
    this.sources = sources;
  }

  /**
   * A module and all that it needs, each before those that import it.
   *
   * @param entry its name, without {@code .js}
   * @param sources the text of a module by the name of its file
   * @throws IllegalStateException if modules import each other in a circle, or a name that is not
   *     exported
   */
  static String of(String entry, UnaryOperator<String> sources) {
    Bundle bundle = new Bundle(sources);
    bundle.add(entry, new LinkedHashSet<>());
    StringBuilder text = new StringBuilder();
    bundle.modules.values().forEach(module -> text.append(module.declaration()));
    return text.toString();
  }

  private void add(String name, Set<String> importers) {
    if (modules.containsKey(name)) {
      return;
    }
    if (!importers.add(name)) {
      throw new IllegalStateException("modules import each other: " + importers + " → " + name);
    }
    WebModule module = WebModule.of(name, sources.apply(name + ".js"));
    for (WebModule.Import taken : module.imports()) {
      add(taken.from(), importers);
      List<String> unknown = new ArrayList<>(taken.names());
      unknown.removeAll(Objects.requireNonNull(modules.get(taken.from())).exports());
      if (!unknown.isEmpty()) {
        throw new IllegalStateException(
            "%s.js imports what %s.js does not export: %s".formatted(name, taken.from(), unknown));
      }
    }
    importers.remove(name);
    modules.put(name, module);
  }
}
