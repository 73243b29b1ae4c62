package org.phasemap.chart.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.phasemap.network.UserException;
import org.phasemap.query.LimitReached;

/** From a request to what is sent. */
final class Routes implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());

  /** Of every answer. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
              + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Embedder-Policy",
          "require-corp",
          "Vary",
          "Accept-Encoding, Cookie");

  /** What DuckDB says of SQL that is wrong: all of it is ours. */
  private static final Pattern OURS = Pattern.compile("(Parser|Binder|Catalog|INTERNAL) Error");

  private static final String ENTERED =
      "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/\">"
          + "<title>PhaseMap</title><a href=\"/\">PhaseMap</a>";

  private final Gate gate;
  private final StaticFiles files = new StaticFiles();
  private final Api api;

  Routes(Gate gate, Api api) {
    this.gate = gate;
    this.api = api;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (Refused e) {
        answer = Answer.refused(e.status(), e.sentence());
      } catch (RuntimeException | Error e) {
        answer = failed(e);
      }
      send(exchange, answer);
    }
  }

  private static Answer failed(Throwable e) {
    String said = String.valueOf(e.getMessage());
    if (e instanceof LimitReached) {
      return Answer.refused(
          503,
          "This takes more time or memory than the server may use; ask for fewer cells, or have it"
              + " started with a larger --timeout or --memory.");
    }
    if (e instanceof UserException && !OURS.matcher(said).lookingAt()) {
      LOG.log(System.Logger.Level.WARNING, "rows cannot be read: " + said);
      return Answer.refused(
          404, "The sweep's rows cannot be read now; 'status --verify' finds damaged files.");
    }
    LOG.log(System.Logger.Level.ERROR, "an answer failed", e);
    return Answer.refused(500, "This should not have happened; the server's log says more.");
  }

  private Answer answer(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    URI address = exchange.getRequestURI();
    gate.check(exchange.getRequestMethod(), address.toString(), headers);
    List<String> path = path(address);
    String tags = String.join(",", headers.getOrDefault("If-None-Match", List.of()));
    if (path.size() == 2 && path.get(0).equals("login") && isGet(exchange)) {
      String cookie = gate.login(path.get(1));
      return Answer.of("text/html; charset=utf-8", ENTERED)
          .with("Set-Cookie", cookie)
          .with("Cache-Control", "no-store");
    }
    gate.checkToken(headers);
    Parameters parameters = Parameters.of(address.getRawQuery());
    if (path.size() > 1 && path.get(0).equals("api")) {
      return api.answer(path.subList(1, path.size()), parameters, tags);
    }
    Answer file = file(path);
    return tags.contains(String.valueOf(file.header("ETag"))) ? file.unchanged() : file;
  }

  private static boolean isGet(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET");
  }

  private Answer file(List<String> path) {
    if (path.equals(List.of(""))) {
      return files.page();
    }
    if (path.size() > 1 && path.get(0).equals("web")) {
      String name = String.join("/", path.subList(1, path.size()));
      return files.file(name).orElseThrow(Routes::nothing);
    }
    throw nothing();
  }

  private static Refused nothing() {
    return new Refused(404, "There is no such address.");
  }

  private static List<String> path(URI address) {
    String raw = address.getRawPath();
    if (raw == null || !raw.startsWith("/")) {
      throw nothing();
    }
    List<String> path = new ArrayList<>();
    for (String part : raw.substring(1).split("/", -1)) {
      path.add(Parameters.decoded(part.replace("+", "%2B")));
    }
    return path;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    HEADERS.forEach(headers::set);
    headers.set("Cache-Control", "no-cache");
    String accepted =
        String.join(",", exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()));
    Answer taken = Packing.taken(answer, accepted);
    taken.headers().forEach(headers::set);
    byte[] body = taken.body();
    if (exchange.getRequestMethod().equals("HEAD") || answer.status() == 304) {
      if (answer.status() != 304) {
        headers.set("Content-Length", String.valueOf(body.length));
      }
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
