package org.phasemap.cli.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepOutcome;

/** A sweep's progress as JSON, one object a line; {@code event} says which. */
final class ProgressJson implements SweepListener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double PERIOD_SECONDS = 1;

  private final PrintStream out;
  private double last;
  private long cells;
  private long rows;

  ProgressJson(PrintStream out) {
    this.out = out;
  }

  @Override
  public void planned(Announcement a) {
    cells = a.cells();
    rows = a.rows();
    last = 0;
    print("planned", JSON.convertValue(a, Map.class));
  }

  @Override
  public void progressed(Snapshot s) {
    if (s.share() >= 1 || s.seconds() - last >= PERIOD_SECONDS) {
      last = s.seconds();
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("share", s.share());
      values.put("rows", s.rows());
      values.put("cells_per_second", s.rows() * (double) cells / rows / s.seconds());
      values.put("seconds", s.seconds());
      if (s.share() > 0) {
        values.put("seconds_left", s.seconds() * (1 - s.share()) / s.share());
      }
      values.put("failed", s.failed());
      values.put("batches_measured", s.networks().done());
      values.put("batches", s.networks().all());
      values.put("groups_trained", s.trained().done());
      values.put("groups", s.trained().all());
      values.put("executors", s.executors());
      print("progress", values);
    }
  }

  @Override
  public void takenOver(ManifestEntry entry) {
    print("taken_over", Map.of("rows", entry.rows(), "commit", entry.sequence()));
  }

  @Override
  public void committed(int wave, ManifestEntry entry) {
    print("committed", Map.of("wave", wave, "rows", entry.rows(), "commit", entry.sequence()));
  }

  @Override
  public void warned(String message) {
    print("warning", Map.of("message", message));
  }

  @Override
  public void ended(String phase, double seconds) {
    print("phase", Map.of("phase", phase, "seconds", seconds));
  }

  /** The last line. */
  void ended(SweepOutcome outcome) {
    print("ended", JSON.convertValue(outcome, Map.class));
  }

  private synchronized void print(String event, Map<?, ?> values) {
    Map<Object, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.putAll(values);
    try {
      out.println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and names are plain data", e);
    }
  }
}
