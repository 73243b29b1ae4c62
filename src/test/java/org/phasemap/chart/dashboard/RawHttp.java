package org.phasemap.chart.dashboard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A client that sends whatever it is told to, as browsers and libraries would not. */
final class RawHttp {
  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /** An answer; status 0 where the server closed the connection without one. */
  record Reply(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** A well-formed request for an address. */
  Reply get(String address, String... headers) {
    return request("GET", address, headers);
  }

  /** A request by any method. */
  Reply request(String method, String address, String... headers) {
    List<String> lines = new ArrayList<>(List.of(method + " " + address + " HTTP/1.1"));
    if (List.of(headers).stream().noneMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("host:"))) {
      lines.add("Host: 127.0.0.1:" + port);
    }
    lines.addAll(List.of(headers));
    lines.add("Connection: close");
    return send((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8), false);
  }

  /** Bytes, and their end. */
  Reply send(byte[] request) {
    return send(request, true);
  }

  private Reply send(byte[] request, boolean ends) {
    try (Socket socket = connect()) {
      socket.setSoTimeout(90_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      if (ends) {
        socket.shutdownOutput();
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(all);
      } catch (SocketException e) {
        // Reset: what came before counts.
        all.flush();
      }
      return parsed(all.toByteArray());
    } catch (SocketException e) {
      return new Reply(0, Map.of(), new byte[0]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static Reply parsed(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    String status = line(in);
    if (status.isEmpty()) {
      return new Reply(0, Map.of(), new byte[0]);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Reply(Integer.parseInt(status.split(" ", -1)[1]), headers, in.readAllBytes());
  }

  private static String line(ByteArrayInputStream in) {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
