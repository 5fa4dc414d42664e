package io.fleetward.agent.telemetry;

import io.fleetward.protocol.configuration.ListenAddress;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;

/// The HTTP server of `/metrics`.
public final class MetricsPage implements AutoCloseable {
  private final HTTPServer server;
  private final ListenAddress address;

  private MetricsPage(HTTPServer server, ListenAddress address) {
    this.server = server;
    this.address = address;
  }

  /// Starts to listen.
  ///
  /// @throws IOException if the address cannot be bound
  public static MetricsPage open(ListenAddress address, AgentMetrics metrics) throws IOException {
    HTTPServer server =
        HTTPServer.builder()
            .hostname(address.host())
            .port(address.port())
            .registry(metrics.registry())
            .buildAndStart();
    return new MetricsPage(server, new ListenAddress(address.host(), server.getPort()));
  }

  /// Where it really listens.
  public ListenAddress address() {
    return address;
  }

  @Override
  public void close() {
    server.close();
  }
}
