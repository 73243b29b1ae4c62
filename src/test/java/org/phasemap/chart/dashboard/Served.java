package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.dashboard.DashboardServer.Settings;
import org.phasemap.chart.dashboard.RawHttp.Reply;
import org.phasemap.chart.dashboard.Targets.Target;
import org.phasemap.query.Limits;

/** A server over a folder, on a port of its own. */
final class Served implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 500);

  final List<String> announced = new CopyOnWriteArrayList<>();
  final DashboardServer server;
  final RawHttp http;

  Served(Path root) {
    this(root, false);
  }

  Served(Path root, boolean token) {
    this(root.toString(), token, LIMITS, new Configuration());
  }

  Served(String root, boolean token, Limits limits, Configuration configuration) {
    Settings settings = new Settings(List.of(root), "", List.of("maps.example"), 0, token, limits);
    server =
        DashboardServer.start(
            settings, configuration, folder -> new Target(10, 100, 0), announced::add);
    http = new RawHttp(server.port());
  }

  /** The list, once all of it is known; the page asks again and again, too. */
  JsonNode sweeps() throws Exception {
    for (int i = 0; i < 600 && json("sweeps").toString().contains("\"looking\""); i++) {
      Thread.sleep(100);
    }
    return json("sweeps");
  }

  /** A chart. */
  JsonNode json(String address) throws Exception {
    Reply reply = http.get("/api/" + address);
    if (reply.status() != 200) {
      throw new AssertionError(address + ": " + reply.status() + " " + reply.text());
    }
    return JSON.readTree(reply.body());
  }

  /** A packed column as a list. */
  static List<@Nullable Object> column(JsonNode chart, String name) {
    JsonNode packed = chart.get("columns").get(name);
    List<@Nullable Object> values = new ArrayList<>();
    if (packed.isArray()) {
      packed.forEach(value -> values.add(plain(value)));
    } else if (packed.has("dict")) {
      packed.get("at").forEach(at -> values.add(plain(packed.get("dict").get(at.asInt()))));
    } else {
      for (int i = 0; i < chart.get("shown").asInt(); i++) {
        values.add(plain(packed.get("const")));
      }
    }
    return values;
  }

  private static @Nullable Object plain(@Nullable JsonNode value) {
    return value == null || value.isNull()
        ? null
        : value.isNumber() ? (Object) value.doubleValue() : value.asText();
  }

  @Override
  public void close() {
    server.close();
  }
}
