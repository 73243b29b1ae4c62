package org.phasemap.chart.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The JDK's HTTP server, with limits. The JDK reads them once in a process, when its first server
 * is made, so whoever makes one makes it here.
 */
public final class JdkServer {
  /** Longest that a request may take to arrive. */
  static final int READ_SECONDS = 10;

  /** Longest that an answer may take, its working out included. */
  static final int WRITE_SECONDS = 60;

  static final int CONNECTIONS = 256;

  static {
    set("sun.net.httpserver.maxReqTime", READ_SECONDS);
    set("sun.net.httpserver.maxRspTime", WRITE_SECONDS);
    set("sun.net.httpserver.idleInterval", 30);
    set("sun.net.httpserver.maxIdleConnections", CONNECTIONS);
    set("sun.net.httpserver.maxReqHeaders", 100);
    set("jdk.httpserver.maxConnections", CONNECTIONS);
    // Else an answer's body waits 40 ms for the client's word that it has the headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private JdkServer() {}

  private static void set(String property, int value) {
    System.setProperty(property, String.valueOf(value));
  }

  /** One that listens, and does not answer yet; as {@link HttpServer#create}. */
  public static HttpServer listening(InetSocketAddress address, int backlog) throws IOException {
    return HttpServer.create(address, backlog);
  }
}
