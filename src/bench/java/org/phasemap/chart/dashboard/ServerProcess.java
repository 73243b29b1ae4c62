package org.phasemap.chart.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code phasemap serve} as a process of its own, whose time and memory are the kernel's figures. */
final class ServerProcess implements AutoCloseable {
  /** Of /proc/PID/stat; Linux gives user space 100 a second on all platforms. */
  private static final double TICKS = 100;

  private final Process process;
  private final String address;
  private final double startSeconds;

  private ServerProcess(Process process, String address, double startSeconds) {
    this.process = process;
    this.address = address;
    this.startSeconds = startSeconds;
  }

  /**
   * Starts it, and waits for its address.
   *
   * @param command that replaces itself by the JVM
   */
  static ServerProcess start(List<String> command, Path root) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("serve", root.toString(), "--port", "0"));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader();
    String address = out.readLine();
    if (address == null) {
      throw new IllegalStateException("no server: " + words);
    }
    return new ServerProcess(process, address, (System.nanoTime() - start) * 1e-9);
  }

  /** Where it answers, with a slash at its end. */
  String address() {
    return address;
  }

  /** From its start to its address. */
  double startSeconds() {
    return startSeconds;
  }

  /** Processor time so far. */
  double processorSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /** Waits until it has nothing to do for a while. */
  void awaitIdle() throws IOException, InterruptedException {
    double before = -1;
    for (int quiet = 0; quiet < 4; ) {
      Thread.sleep(250);
      double now = processorSeconds();
      quiet = now - before < 0.03 ? quiet + 1 : 0;
      before = now;
    }
  }

  /** A figure of its memory in MB: VmHWM is the most, VmRSS what it is now. */
  long megabytes(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1000)
        .findFirst()
        .orElseThrow();
  }

  /** Its Java heap after a collection, in MB. */
  double heapMegabytes() throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String said = "";
    for (String question : List.of("GC.run", "GC.heap_info")) {
      Process jcmd =
          new ProcessBuilder(tool.toString(), String.valueOf(process.pid()), question).start();
      said = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      jcmd.waitFor();
    }
    java.util.regex.Matcher used = java.util.regex.Pattern.compile("used (\\d+)K").matcher(said);
    return used.find() ? Long.parseLong(used.group(1)) / 1000.0 : Double.NaN;
  }

  /** Ends it as Ctrl-C does, and gives its exit code. */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
