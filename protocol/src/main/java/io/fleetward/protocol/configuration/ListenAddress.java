package io.fleetward.protocol.configuration;

import java.util.Optional;

/// Where a server listens: a host name or address and a port, 0 for any free one.
public record ListenAddress(String host, int port) {
  public ListenAddress {
    if (host.isEmpty() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not an address: %s:%d".formatted(host, port));
    }
  }

  /// Reads `host:port`; empty if it is not that.
  public static Optional<ListenAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return Optional.of(
          new ListenAddress(
              text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
