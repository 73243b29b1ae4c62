package org.phasemap.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.disk.NewFile;

/**
 * Keeps a results folder to one driver: a file {@code _lock}, created only if absent, that says who
 * holds it and is written again every {@link #HEARTBEAT}. The lock of a process that is gone, or of
 * one on another host that has been silent for {@link #SILENCE}, is taken over; so is one that has
 * no name in it for {@link #NAMING}, since its process was killed while it wrote that.
 */
public final class FolderLock implements AutoCloseable {
  static final Duration HEARTBEAT = Duration.ofSeconds(15);
  static final Duration SILENCE = Duration.ofMinutes(2);
  static final Duration NAMING = Duration.ofSeconds(3);

  /** A lock says who, in a few hundred. */
  private static final int MOST_BYTES = 1 << 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Who holds a lock; {@code processStart} in milliseconds, 0 where the system does not say. */
  record Holder(
      @JsonProperty("id") String id,
      @JsonProperty("host") String host,
      @JsonProperty("pid") long pid,
      @JsonProperty("process_start") long processStart,
      @JsonProperty("user") String user,
      @JsonProperty("since") String since) {

    Holder {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(host, "host");
    }

    /** This process, under an id of its own. */
    static Holder here() {
      return new Holder(
          UUID.randomUUID().toString(),
          localHost(),
          ProcessHandle.current().pid(),
          start(ProcessHandle.current()),
          System.getProperty("user.name", "unknown"),
          Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Its name, also where no network knows it. */
    private static String localHost() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return String.valueOf(e.getMessage()).replaceFirst(":.*", "");
      }
    }

    private static long start(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Whether the process is gone: known on its own host, elsewhere judged by its silence. */
    private boolean isGone(Duration silence) {
      if (!host.equals(localHost())) {
        return silence.compareTo(SILENCE) > 0;
      }
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> processStart == 0 || start(process) == processStart)
          .isEmpty();
    }
  }

  private final FileSystem fileSystem;
  private final Path file;
  private final Holder holder;
  private final ScheduledFuture<?> beating;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lock");
            thread.setDaemon(true);
            return thread;
          });

  private FolderLock(FileSystem fileSystem, Path file, Holder holder) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.holder = holder;
    this.beating =
        clock.scheduleWithFixedDelay(
            this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lock.
   *
   * @throws UserException if another driver holds it, and the message says who; or if the store
   *     lets two create the same file
   * @throws IOException if the folder cannot be written
   */
  public static FolderLock take(ResultsFolder folder) throws IOException {
    FileSystem fileSystem = folder.fileSystem();
    Path file = new Path(folder.root(), "_lock");
    Holder here = Holder.here();
    NewFile.requireExclusive(fileSystem, folder.staging());
    if (!create(fileSystem, file, here)) {
      Optional<Holder> other = named(fileSystem, file);
      if (other.isPresent() && !other.get().isGone(silence(fileSystem, file))) {
        throw held(folder, other);
      }
      fileSystem.delete(file, false);
      if (!create(fileSystem, file, here)) {
        throw held(folder, read(fileSystem, file));
      }
    }
    return new FolderLock(fileSystem, file, here);
  }

  /**
   * Whether a process that lives holds the lock, as far as can be seen from here.
   *
   * @throws UserException if it may not be read
   * @throws IOException if the file system does not answer
   */
  public static boolean isHeld(ResultsFolder folder) throws IOException {
    return running(folder).isPresent();
  }

  /**
   * A process that writes a folder.
   *
   * @param since when it began, in ISO 8601
   * @param isHere whether it runs on this machine, and is surely the process that it says
   */
  public record Running(String host, long pid, String user, String since, boolean isHere) {
    /**
     * Asks it to stop, as SIGTERM does; false if it cannot be asked, or is no Java: a stranger's
     * folder may name any process.
     */
    public boolean stop() {
      return isHere
          && ProcessHandle.of(pid)
              .filter(process -> process.info().command().orElse("").endsWith("java"))
              .map(ProcessHandle::destroy)
              .orElse(false);
    }
  }

  /**
   * The process that holds the lock, if there is one as far as can be seen from here.
   *
   * @throws UserException if it may not be read
   * @throws IOException if the file system does not answer
   */
  public static Optional<Running> running(ResultsFolder folder) throws IOException {
    Path file = new Path(folder.root(), "_lock");
    Optional<Holder> holder = read(folder.fileSystem(), file);
    if (holder.isEmpty() || holder.get().isGone(silence(folder.fileSystem(), file))) {
      return Optional.empty();
    }
    Holder h = holder.get();
    boolean isHere = h.host.equals(Holder.localHost()) && h.processStart != 0;
    return Optional.of(new Running(h.host, h.pid, h.user, h.since, isHere));
  }

  private static UserException held(ResultsFolder folder, Optional<Holder> other) {
    return new UserException(
        String.format(
            "%s: is being written by %s; allowed: one sweep at a time. Wait for it or end it; if it"
                + " is surely gone, delete %s",
            folder.path(""), who(other), folder.path("_lock")));
  }

  private static String who(Optional<Holder> holder) {
    return holder
        .map(h -> String.format("process %d of %s on %s, since %s", h.pid, h.user, h.host, h.since))
        .orElse("a process that has not said its name");
  }

  /** Whether the file was created: false if there is one. */
  private static boolean create(FileSystem fileSystem, Path file, Holder holder)
      throws IOException {
    try {
      if (!NewFile.write(fileSystem, file, JSON.writeValueAsBytes(holder))) {
        return false;
      }
    } catch (IOException e) {
      // A torn lock would have no owner; a whole one is another's.
      if (read(fileSystem, file).isEmpty()) {
        fileSystem.delete(file, false);
      }
      throw e;
    }
    Optional<Holder> written = read(fileSystem, file);
    if (written.isEmpty()) {
      fileSystem.delete(file, false);
      throw new IOException(file + " does not hold what was written to it");
    }
    return written.get().equals(holder); // Or of one that took over meanwhile.
  }

  /** As {@link #read}, but waits for the name. */
  private static Optional<Holder> named(FileSystem fileSystem, Path file) throws IOException {
    long deadline = System.nanoTime() + NAMING.toNanos();
    Optional<Holder> holder = read(fileSystem, file);
    while (holder.isEmpty()
        && fileSystem.exists(file)
        && silence(fileSystem, file).compareTo(NAMING) < 0
        && System.nanoTime() < deadline) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("The sweep was interrupted");
      }
      holder = read(fileSystem, file);
    }
    return holder;
  }

  /**
   * Empty where the file is gone or being written.
   *
   * @throws UserException if it may not be read
   */
  private static Optional<Holder> read(FileSystem fileSystem, Path file) {
    try (InputStream in = LocalDisk.open(fileSystem, file)) {
      return Optional.ofNullable(JSON.readValue(in.readNBytes(MOST_BYTES), Holder.class));
    } catch (IOException e) {
      LocalDisk.checkReadable(fileSystem, file);
      return Optional.empty();
    }
  }

  private static Duration silence(FileSystem fileSystem, Path file) throws IOException {
    try {
      long last = fileSystem.getFileStatus(file).getModificationTime();
      return Duration.ofMillis(System.currentTimeMillis() - last);
    } catch (FileNotFoundException e) {
      return Duration.ZERO;
    }
  }

  /**
   * Before each commit: whether the lock is still ours.
   *
   * @throws UserException if another process has taken it over, as one does after a long silence
   */
  public synchronized void check() {
    Optional<Holder> now = read(fileSystem, file);
    if (!now.map(Holder::id).equals(Optional.of(holder.id))) {
      throw new UserException(
          String.format(
              "%s: is no longer this process's (%d, since %s), but of %s; allowed: one sweep at a"
                  + " time. What is committed is kept; the same command goes on",
              file.toUri().getPath(), holder.pid, holder.since, who(now)));
    }
  }

  private synchronized void beat() {
    try {
      check();
      LocalDisk.replace(fileSystem, file, JSON.writeValueAsBytes(holder));
    } catch (IOException | UserException e) {
      // The next commit asks again, and stops the sweep if the lock is lost.
      System.getLogger(FolderLock.class.getName())
          .log(System.Logger.Level.WARNING, "no heartbeat in " + file, e);
    }
  }

  /** Gives the lock back, if it is still ours. */
  @Override
  public synchronized void close() throws IOException {
    beating.cancel(false);
    clock.shutdown();
    if (read(fileSystem, file).map(Holder::id).equals(Optional.of(holder.id))) {
      fileSystem.delete(file, false);
    }
  }
}
