package org.phasemap.chart.dashboard;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;

/**
 * The sweeps that are served: results folders that were named, and those in folders that were. They
 * are looked for again and again. Tables of those that were not asked for longest are closed where
 * all together would take more than half of the memory; the other half is for answers, of {@link
 * Turns#MOST} sweeps at once.
 */
final class Sweeps implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeps.class.getName());
  private static final long LISTED_NANOS = 2_000_000_000L;

  /** A list is wanted at once, even if not all of it is known. */
  private static final long PATIENCE_NANOS = 500_000_000L;

  /** What takes long begins when nobody has asked for so long, or at the latest after so long. */
  private static final long QUIET_NANOS = 500_000_000L;

  private static final long LATEST_NANOS = 10_000_000_000L;

  /** One folder that does not answer keeps none of a few others waiting. */
  private static final int GLANCES = 4;

  private final List<String> roots;
  private final Configuration configuration;
  private final Look look;
  private final Limits limits;
  private final Turns turns;
  private final Map<String, Sweep> byFolder = new LinkedHashMap<>();
  private final ExecutorService background = threads(1, "dashboard-open");
  private final ExecutorService preparations = threads(1, "dashboard-prepare");
  private final ExecutorService looks = threads(1, "dashboard-look");
  private final ExecutorService glances = threads(GLANCES, "dashboard-glance");
  private final ExecutorService later = threads(1, "dashboard-later");
  private final Sweep.Workers workers =
      new Sweep.Workers(background, looks, glances, this::later, this::load);
  private long listed;
  private boolean isListed;

  /**
   * Of some paths.
   *
   * @param turns of whose answers are worked out
   * @throws UserException if one is no folder
   */
  Sweeps(
      List<String> roots,
      Configuration configuration,
      Targets targets,
      Limits limits,
      Turns turns) {
    this.turns = turns;
    this.roots = roots;
    this.configuration = configuration;
    this.look = new Look(configuration, targets);
    this.limits =
        new Limits(limits.time(), Math.max(Limits.LEAST_MEGABYTES, limits.megabytes() / 2));
    roots.forEach(root -> ResultsRoot.folders(root, configuration));
  }

  private static ExecutorService threads(int count, String name) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** What they all are now, by name; of those that take long to look at, what they were before. */
  List<Summary> summaries() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    List<Sweep> all = all();
    all.forEach(Sweep::glance);
    List<Summary> summaries = new ArrayList<>();
    all.forEach(sweep -> summaries.add(sweep.summary(end - System.nanoTime())));
    summaries.sort(Comparator.comparing(Summary::id));
    return summaries;
  }

  /** Those that have rows, the one that was changed last first. */
  List<String> newest() {
    Map<String, String> changed = new HashMap<>();
    List<Sweep> all = all();
    all.forEach(Sweep::glance);
    for (Sweep sweep : all) {
      try {
        sweep.changed().ifPresent(when -> changed.put(sweep.id(), when));
      } catch (Refused e) {
        // Whoever asks for it is told the same.
        LOG.log(System.Logger.Level.DEBUG, "cannot be opened: " + sweep.id(), e);
      }
    }
    return changed.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Does something in the background, until these are closed; what takes longer waits for it. */
  void prepare(Runnable preparation) {
    turns.enter();
    preparations.execute(() -> prepared(preparation));
  }

  /** Where these are closed meanwhile, nobody waits for it. */
  void prepared(Runnable preparation) {
    try {
      preparation.run();
    } catch (RejectedExecutionException e) {
      if (!glances.isShutdown()) {
        throw e;
      }
    } finally {
      turns.leave();
    }
  }

  private void later(Runnable task) {
    later.execute(
        () -> {
          try {
            turns.awaitQuiet(QUIET_NANOS, LATEST_NANOS);
            task.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** As an answer does, this takes a turn: so all together keep to the memory. */
  private void load(Sweep sweep, OpenTables tables) {
    try {
      turns.take(List.of(tables), Long.MAX_VALUE / 2);
      try {
        makeRoom(sweep.id());
        tables.load(Math.max(0, bytesForTables() - bytesOfOthers(sweep)));
      } finally {
        turns.end(List.of(tables));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long bytesForTables() {
    return limits.megabytes() * 1_000_000;
  }

  private long bytesOfOthers(Sweep sweep) {
    return all().stream().filter(each -> each != sweep).mapToLong(Sweep::bytes).sum();
  }

  /** Whether half of the memory for tables is free. */
  boolean hasRoom() {
    return 2 * all().stream().mapToLong(Sweep::bytes).sum() < bytesForTables();
  }

  /** The tables of one, for one user more. */
  OpenTables tables(String id) {
    turns.enter();
    try {
      OpenTables tables = sweep(id).tables();
      makeRoom(id);
      return tables;
    } finally {
      turns.leave();
    }
  }

  private Sweep sweep(String id) {
    return all().stream()
        .filter(sweep -> sweep.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refused(404, "There is no sweep of that name."));
  }

  private void makeRoom(String kept) {
    List<Sweep> byUse = new ArrayList<>(all());
    byUse.sort(Comparator.comparing(Sweep::used));
    long bytes = byUse.stream().mapToLong(Sweep::bytes).sum();
    for (Sweep sweep : byUse) {
      if (bytes > bytesForTables() && !sweep.id().equals(kept)) {
        bytes -= sweep.bytes();
        sweep.close();
      }
    }
  }

  private synchronized List<Sweep> all() {
    if (!isListed || System.nanoTime() - listed > LISTED_NANOS) {
      list();
      listed = System.nanoTime();
      isListed = true;
    }
    return List.copyOf(byFolder.values());
  }

  private void list() {
    Set<String> folders = new LinkedHashSet<>();
    for (String root : roots) {
      try {
        folders.addAll(ResultsRoot.folders(root, configuration));
      } catch (UserException | UncheckedIOException e) {
        LOG.log(System.Logger.Level.WARNING, e.getMessage());
        // A store that does not answer has the sweeps that it had; a folder may come back.
        folders.addAll(byFolder.keySet());
      }
    }
    byFolder
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !folders.contains(entry.getKey());
              if (gone) {
                entry.getValue().end();
              }
              return gone;
            });
    for (String folder : folders) {
      if (!byFolder.containsKey(folder)) {
        String id = freeId(folder);
        try {
          byFolder.put(
              folder,
              new Sweep(
                  id, () -> ResultsFolder.open(folder, configuration), limits, look, workers));
        } catch (UserException e) {
          LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
      }
    }
  }

  /** The folder's name in letters, digits, dots and dashes; with a number where that is taken. */
  private String freeId(String folder) {
    String name = folder.substring(folder.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String slug = name.replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[.-]+|-+$", "");
    if (slug.isEmpty()) {
      slug = "sweep";
    }
    String id = slug.length() > 80 ? slug.substring(0, 80) : slug;
    Set<String> taken = new LinkedHashSet<>();
    byFolder.values().forEach(sweep -> taken.add(sweep.id()));
    String free = id;
    for (int i = 2; taken.contains(free); i++) {
      free = id + "-" + i;
    }
    return free;
  }

  @Override
  public void close() {
    preparations.shutdownNow();
    background.shutdownNow();
    later.shutdownNow();
    looks.shutdownNow();
    glances.shutdownNow();
    synchronized (this) {
      byFolder.values().forEach(Sweep::end);
    }
  }
}
