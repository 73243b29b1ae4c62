package org.phasemap.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.chart.dashboard.JdkServer;

/**
 * An S3 server in memory, on loopback: objects are put, got, listed and deleted, by path-style
 * addresses. It checks no signatures and has no multipart uploads.
 */
public final class S3Server implements AutoCloseable {
  /** What a put that must not replace an object comes to. */
  public enum IfNoneMatch {
    /** {@code If-None-Match: *} where there is an object: 412. */
    HONOURED,
    /** As stores do that came before the header: the object is replaced. */
    IGNORED,
    /** As stores do that know the header and cannot: 501. */
    REFUSED
  }

  private record Stored(byte[] bytes, Instant modified) {
    String etag() {
      return "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"";
    }
  }

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Pattern DELETED = Pattern.compile("<Key>([^<]*)</Key>");

  private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final IfNoneMatch ifNoneMatch;
  private final HttpServer server;

  /** Starts one. */
  public S3Server(IfNoneMatch ifNoneMatch) throws IOException {
    this.ifNoneMatch = ifNoneMatch;
    server = JdkServer.listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** What S3A needs to find it, by name. */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("fs.s3a.endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
    properties.put("fs.s3a.endpoint.region", "us-east-1");
    properties.put("fs.s3a.path.style.access", "true");
    properties.put("fs.s3a.access.key", "key");
    properties.put("fs.s3a.secret.key", "secret");
    properties.put("fs.s3a.attempts.maximum", "1");
    return properties;
  }

  /** A configuration with {@link #properties}. */
  public Configuration configuration() {
    Configuration configuration = new Configuration();
    properties().forEach(configuration::set);
    return configuration;
  }

  /** What the paths of objects, {@code BUCKET/KEY}, that begin so have behind it, in order. */
  public List<String> keys(String beginning) {
    return objects.keySet().stream()
        .filter(key -> key.startsWith(beginning))
        .map(key -> key.substring(beginning.length()))
        .toList();
  }

  /** Changes an object behind its clients' backs. */
  public void overwrite(String key, byte[] bytes) {
    objects.put(key, new Stored(bytes, Instant.now()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestURI().getPath().substring(1);
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      byte[] body = body(exchange);
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, key, body);
        case "HEAD", "GET" -> {
          if (query.containsKey("list-type")) {
            send(exchange, 200, list(key.replaceFirst("/.*", ""), query));
          } else {
            get(exchange, key);
          }
        }
        case "DELETE" -> {
          objects.remove(key);
          exchange.sendResponseHeaders(204, -1);
        }
        case "POST" -> {
          String bucket = key.replaceFirst("/.*", "");
          DELETED
              .matcher(new String(body, StandardCharsets.UTF_8))
              .results()
              .forEach(match -> objects.remove(bucket + "/" + match.group(1)));
          send(exchange, 200, "<DeleteResult/>");
        }
        default -> send(exchange, 405, "");
      }
    } catch (RuntimeException | IOException e) {
      System.getLogger("S3Server").log(System.Logger.Level.ERROR, "in the tests' S3 server", e);
      throw e;
    }
  }

  private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
    Stored stored = new Stored(body, Instant.now());
    String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (condition != null && ifNoneMatch == IfNoneMatch.REFUSED) {
      fail(exchange, 501, "NotImplemented");
    } else if (condition != null
        && ifNoneMatch == IfNoneMatch.HONOURED
        && objects.putIfAbsent(key, stored) != null) {
      fail(exchange, 412, "PreconditionFailed");
    } else {
      if (condition == null || ifNoneMatch == IfNoneMatch.IGNORED) {
        objects.put(key, stored);
      }
      exchange.getResponseHeaders().set("ETag", stored.etag());
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    Stored stored = objects.get(key);
    if (stored == null) {
      fail(exchange, 404, "NoSuchKey");
      return;
    }
    int start = 0;
    int end = stored.bytes.length;
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range != null) {
      String[] ends = range.replace("bytes=", "").split("-", -1);
      start = Integer.parseInt(ends[0]);
      end = ends[1].isEmpty() ? end : Math.min(end, Integer.parseInt(ends[1]) + 1);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + stored.bytes.length);
    }
    exchange.getResponseHeaders().set("ETag", stored.etag());
    exchange.getResponseHeaders().set("Last-Modified", HTTP_DATE.format(stored.modified));
    int code = range == null ? 200 : 206;
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + (end - start));
      exchange.sendResponseHeaders(code, -1);
    } else {
      exchange.sendResponseHeaders(code, end == start ? -1 : end - start);
      exchange.getResponseBody().write(stored.bytes, start, end - start);
    }
  }

  private String list(String bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    StringBuilder contents = new StringBuilder();
    TreeSet<String> folders = new TreeSet<>();
    int count = 0;
    int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    for (Map.Entry<String, Stored> object : objects.entrySet()) {
      String key = object.getKey().substring(object.getKey().indexOf('/') + 1);
      if (!object.getKey().startsWith(bucket + "/") || !key.startsWith(prefix) || count == most) {
        continue;
      }
      int slash = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (slash >= 0) {
        folders.add(key.substring(0, slash + 1));
        continue;
      }
      count++;
      contents.append(
          "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%d</Size></Contents>"
              .formatted(
                  key,
                  object.getValue().modified,
                  object.getValue().etag(),
                  object.getValue().bytes.length));
    }
    folders.forEach(
        folder ->
            contents
                .append("<CommonPrefixes><Prefix>")
                .append(folder)
                .append("</Prefix></CommonPrefixes>"));
    return "<ListBucketResult><Name>%s</Name><Prefix>%s</Prefix><KeyCount>%d</KeyCount><IsTruncated>false</IsTruncated>%s</ListBucketResult>"
        .formatted(bucket, prefix, count + folders.size(), contents);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(
            parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  /** The bytes of an object; what a client signs comes in chunks of its own. */
  private static byte[] body(HttpExchange exchange) {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] raw = in.readAllBytes();
      String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
      return hash != null && hash.startsWith("STREAMING-") ? unchunked(raw) : raw;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code SIZE;chunk-signature=…\r\n}, that many bytes, {@code \r\n}; the last has none. */
  @SuppressWarnings("deprecation") // lines are ASCII
  private static byte[] unchunked(byte[] raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(raw));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int size = Integer.parseInt(line.replaceFirst(";.*", ""), 16);
      if (size == 0) {
        break;
      }
      bytes.write(in.readNBytes(size));
      in.readLine();
    }
    return bytes.toByteArray();
  }

  private static void fail(HttpExchange exchange, int code, String name) throws IOException {
    send(exchange, code, "<Error><Code>" + name + "</Code><Message>" + name + "</Message></Error>");
  }

  private static void send(HttpExchange exchange, int code, String xml) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head && bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
