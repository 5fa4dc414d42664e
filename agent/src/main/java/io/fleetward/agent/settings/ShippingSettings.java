package io.fleetward.agent.settings;

import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.protocol.configuration.Settings;
import java.time.Duration;
import java.util.Map;

/// How the agent reaches Kafka, and what it keeps while it cannot.
///
/// @param bootstrapServers Kafka brokers as `host:port`, separated by commas
/// @param client properties of Kafka's own clients: TLS, SASL and the like
/// @param spoolMegabytes how much of the disk scrapes may take while the broker is away
/// @param spoolSync what a power cut may take of them
public record ShippingSettings(
    String bootstrapServers, Map<String, String> client, int spoolMegabytes, Duration spoolSync) {
  private static final String SERVERS = "kafka.bootstrap-servers";

  public ShippingSettings {
    client = Map.copyOf(client);
  }

  static ShippingSettings from(Settings settings) {
    String servers = settings.text(SERVERS);
    checkServers(settings, servers);
    return new ShippingSettings(
        servers,
        settings.withPrefix("kafka.client."),
        settings.integer("agent.spool-megabytes", 64, 1, 65_536),
        settings.duration("agent.spool-sync", Duration.ofSeconds(5)));
  }

  private static void checkServers(Settings settings, String servers) {
    for (String server : servers.split(",", -1)) {
      boolean isAddress =
          ListenAddress.parse(server.strip()).filter(address -> address.port() > 0).isPresent();
      if (!servers.isEmpty() && !isAddress) {
        settings.problem(
            SERVERS, "has \"%s\"; write host:port, such as kafka-1:9092".formatted(server));
      }
    }
  }
}
