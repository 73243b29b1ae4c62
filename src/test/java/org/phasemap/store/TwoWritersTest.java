package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.store.S3Server.IfNoneMatch;
import org.phasemap.store.disk.NewFile;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/**
 * Two drivers at the same results folder on S3, each with a client of its own. {@code
 * -Dphasemap.races=1000} is the campaign of docs/clusters.md.
 */
class TwoWritersTest {
  private static final int RACES = Integer.getInteger("phasemap.races", 5);

  private final CyclicBarrier start = new CyclicBarrier(2);
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** What two do at the same time; an exception is a result. */
  private List<Object> race(Callable<Object> one, Callable<Object> other) throws Exception {
    List<Future<Object>> running = new ArrayList<>();
    for (Callable<Object> writer : List.of(one, other)) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                try {
                  return writer.call();
                } catch (UserException e) {
                  return e;
                }
              }));
    }
    return List.of(running.get(0).get(), running.get(1).get());
  }

  private static ManifestEntry entry(String maker) {
    return new ManifestEntry(
        1,
        1,
        Tables.REPLICATES,
        false,
        "2026-11-29T12:00:00Z",
        0,
        List.of(),
        Map.of("maker", maker));
  }

  private static Object append(ResultsFolder folder, String maker) throws IOException {
    folder.append(entry(maker));
    return maker;
  }

  /** A lock has one holder, a number one entry; the other is told. */
  @Test
  void oneOfTwoWritersSucceedsWhereTheStoreDecides() throws Exception {
    try (S3Server server = new S3Server(IfNoneMatch.HONOURED);
        Writer one = new Writer(server);
        Writer other = new Writer(server)) {
      for (int race = 0; race < RACES; race++) {
        String name = "race-" + race + "/";
        String path = "s3a://bucket/" + name;
        ResultsFolder first = one.at(path);
        ResultsFolder second = other.at(path);
        List<Object> locks = race(() -> FolderLock.take(first), () -> FolderLock.take(second));
        assertOneRefused(locks, "is being written by process");
        for (Object lock : locks) {
          if (lock instanceof FolderLock held) {
            held.check();
            held.close();
          }
        }

        List<Object> entries = race(() -> append(first, "first"), () -> append(second, "second"));
        assertOneRefused(entries, "another process has committed 000001.json meanwhile");
        Object winner = entries.get(0) instanceof String ? entries.get(0) : entries.get(1);
        assertThat(one.at(path).provenance()).containsEntry("maker", "" + winner);
        assertThat(server.keys("bucket/" + name))
            .containsExactly("_staging/", "manifest/000001.json");
      }
    }
  }

  /** A client of a writer's own: those of one user are shared. */
  private static final class Writer implements AutoCloseable {
    private final UserGroupInformation user;
    private final Configuration configuration;

    Writer(S3Server server) {
      user = UserGroupInformation.createRemoteUser("writer-" + UUID.randomUUID());
      configuration = server.configuration();
    }

    ResultsFolder at(String path) {
      return user.doAs(
          (PrivilegedAction<ResultsFolder>) () -> ResultsFolder.at(path, configuration));
    }

    @Override
    public void close() throws IOException {
      FileSystem.closeAllForUGI(user);
    }
  }

  private static void assertOneRefused(List<Object> results, String message) {
    List<Object> refused = results.stream().filter(UserException.class::isInstance).toList();
    assertThat(refused).as(results.toString()).hasSize(1);
    assertThat((Throwable) refused.get(0)).hasMessageContaining(message);
  }

  /** What makes the refusal necessary: S3A's own creation, where both writers have looked. */
  @Test
  void bothWritersSucceedWhereItDoesNotAndEachIsRefusedBeforeItWrites() throws Exception {
    try (S3Server server = new S3Server(IfNoneMatch.IGNORED);
        Writer one = new Writer(server);
        Writer other = new Writer(server)) {
      FileSystem fileSystem = one.at("s3a://bucket/").fileSystem();
      int both = 0;
      for (int race = 0; race < RACES; race++) {
        Path file = new Path("s3a://bucket/plain/" + race);
        List<Object> created =
            race(
                () -> NewFile.write(fileSystem, file, new byte[] {1}),
                () -> NewFile.write(fileSystem, file, new byte[] {2}));
        both += created.equals(List.of(true, true)) ? 1 : 0;
      }
      assertThat(both).isEqualTo(RACES);

      for (int race = 0; race < RACES; race++) {
        String path = "s3a://bucket/race-" + race;
        List<Object> locks =
            race(() -> FolderLock.take(one.at(path)), () -> FolderLock.take(other.at(path)));
        assertThat(locks).hasOnlyElementsOfType(UserException.class);
        assertThat((Throwable) locks.get(0))
            .hasMessageStartingWith(
                path + ": its store lets two processes create the same file, so that one would")
            .hasMessageContaining("allowed: file, hdfs, abfss, gs, or s3a with Hadoop 3.4.2");
        assertThat(server.keys("bucket/race-")).isEmpty();
      }
    }
  }

  @Test
  void aStoreThatRefusesToDecideIsRefused() throws Exception {
    try (S3Server server = new S3Server(IfNoneMatch.REFUSED);
        Writer writer = new Writer(server)) {
      ResultsFolder folder = writer.at("s3a://bucket/refused");
      assertThatThrownBy(() -> FolderLock.take(folder))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              "s3a://bucket/refused: its store refuses to create a file only if it is absent")
          .hasMessageContaining("NotImplemented");
      assertThat(server.keys("bucket/")).isEmpty();
    }
  }

  /** As one that has no conditional puts, such as Hadoop's before 3.4.2. */
  @Test
  void aClientThatOnlyLooksIsRefused() throws Exception {
    try (S3Server server = new S3Server(IfNoneMatch.HONOURED);
        Writer writer = new Writer(server)) {
      writer.configuration.setBoolean("fs.s3a.create.conditional.enabled", false);
      ResultsFolder folder = writer.at("s3a://bucket/looks");
      assertThatThrownBy(() -> FolderLock.take(folder))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("its store lets two processes create the same file");
    }
  }

  /** The first answer was lost, and the client has asked again: what is there is its own. */
  @Test
  void whoIsRefusedForItsOwnFileHasCreatedIt() throws Exception {
    try (S3Server server = new S3Server(IfNoneMatch.HONOURED);
        Writer writer = new Writer(server)) {
      FileSystem fileSystem = writer.at("s3a://bucket/").fileSystem();
      byte[] content = "mine".getBytes(StandardCharsets.UTF_8);
      Path file = new Path("s3a://bucket/twice");
      assertThat(NewFile.write(fileSystem, file, content)).isTrue();
      assertThat(NewFile.write(fileSystem, file, content)).isTrue();
      assertThat(NewFile.write(fileSystem, file, new byte[] {1})).isFalse();
    }
  }

  @Test
  void localDisksNeedNoTrial(@TempDir java.nio.file.Path folder) throws Exception {
    ResultsFolder results = ResultsFolder.at(folder.toString(), new Configuration());
    for (int race = 0; race < RACES; race++) {
      List<Object> locks = race(() -> FolderLock.take(results), () -> FolderLock.take(results));
      assertOneRefused(locks, "is being written by process");
      for (Object lock : locks) {
        if (lock instanceof FolderLock held) {
          held.close();
        }
      }
    }
  }
}
