package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.cli.console.ExitCode;

/** The dashboard as a user starts and ends it. */
class ServeIT {
  private static final Path KEPT =
      Path.of("src/test/resources/org/phasemap/cli/schema").resolve("schema-6");

  @TempDir private Path folder = Path.of("");

  private Launched serve(String... options) throws IOException {
    copy(KEPT, folder.resolve("results/kept"));
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    // Where the tests run in the background, they were told to ignore Ctrl-C; terminals are not.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
    command.addAll(List.of("jobs/phasemap", "serve", folder.resolve("results").toString()));
    command.addAll(List.of(options));
    return Launched.of(folder.resolve("log"), command, Map.of("TMPDIR", temporary.toString()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static List<String> all(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return files.map(file -> of.relativize(file).toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsItAndNothingIsLeftBehind(String signal, int exitCode) throws Exception {
    try (Launched server = serve("--port", "0")) {
      List<String> before = all(folder.resolve("results"));
      server.await(() -> server.text().contains("http://127.0.0.1:"));
      String address = server.text().lines().filter(l -> l.startsWith("http")).toList().get(0);
      HttpRequest export =
          HttpRequest.newBuilder(URI.create(address + "api/s/kept/export?format=parquet")).build();
      HttpResponse<byte[]> file =
          HttpClient.newHttpClient().send(export, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(file.statusCode()).isEqualTo(200);
      server.signal(signal);
      assertThat(server.exitCode()).as(server.text()).isEqualTo(exitCode);
      assertThat(server.text().lines()).as("one address, and nothing of its end").hasSize(1);
      assertThat(all(folder.resolve("tmp"))).containsExactly("");
      assertThat(all(folder.resolve("results"))).isEqualTo(before);
    }
  }

  @Test
  void aPortThatIsTakenIsOneMessage() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Launched server = serve("--port", "" + taken.getLocalPort())) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.MISUSED);
      assertThat(server.text().lines())
          .singleElement()
          .asString()
          .startsWith("phasemap: --port: " + taken.getLocalPort() + " cannot be listened at")
          .endsWith("allowed: a port that is free and that you may use, or 0 for any");
    }
  }
}
