package io.fleetward.agent.settings;

import io.fleetward.agent.linux.HostPaths;
import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.protocol.configuration.Settings;
import io.fleetward.protocol.labels.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that an agent can be told.
///
/// @param labels what the host says about itself, such as cluster and zone
/// @param certificates files whose certificates' expiry is told
/// @param exporters whose pages are read
/// @param scrapeKey the secret that scrapes are sealed with
/// @param textfiles folder of `*.prom` files that are read; empty for none
/// @param effective every key with the value in force, for the log
public record AgentSettings(
    ShippingSettings shipping,
    Duration scrapeInterval,
    ListenAddress listen,
    Labels labels,
    HostPaths paths,
    List<Path> certificates,
    List<ExporterSettings> exporters,
    String textfiles,
    Path scrapeKey,
    ActionSettings actions,
    String effective) {
  private static final String LABELS = "agent.labels";
  private static final String CERTIFICATES = "agent.certificates";
  private static final String INTERVAL = "agent.scrape-interval";
  private static final ListenAddress DEFAULT_LISTEN = new ListenAddress("127.0.0.1", 7481);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

  public AgentSettings {
    certificates = List.copyOf(certificates);
    exporters = List.copyOf(exporters);
  }

  /// Reads settings from the environment, over those of a file.
  ///
  /// @throws io.fleetward.protocol.configuration.InvalidConfigurationException with every problem
  public static AgentSettings load(Optional<Path> file, Map<String, String> environment) {
    return from(
        file.map(path -> Settings.load(path, environment))
            .orElseGet(() -> Settings.of(environment)));
  }

  static AgentSettings from(Settings settings) {
    ShippingSettings shipping = ShippingSettings.from(settings);
    Duration interval = settings.duration(INTERVAL, Duration.ofSeconds(10));
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      settings.problem(
          INTERVAL,
          "is \"%s\"; write 200ms or more".formatted(PrometheusDuration.format(interval)));
    }
    ListenAddress listen = settings.address("agent.listen", DEFAULT_LISTEN);
    Labels labels = LabelList.read(settings, LABELS);
    Path sysfs = settings.path("agent.sysfs", Path.of("/sys"));
    Path rootfs = settings.path("agent.rootfs", Path.of("/"));
    List<Path> certificates = certificates(settings);
    List<ExporterSettings> exporters = ExporterSettings.all(settings, interval);
    String textfiles = settings.text("agent.textfile-directory", "");
    Path scrapeKey = settings.path("agent.scrape-key", Path.of("/etc/fleetward/scrape.key"));
    ActionSettings actions = ActionSettings.from(settings);
    settings.throwIfInvalid();
    HostPaths paths = new HostPaths(actions.procfs(), sysfs, rootfs);
    return new AgentSettings(
        shipping,
        interval,
        listen,
        labels,
        paths,
        certificates,
        exporters,
        textfiles,
        scrapeKey,
        actions,
        settings.effective());
  }

  /// These settings with what a running agent can take from others: labels, certificates, exporters
  /// and text files.
  public AgentSettings with(AgentSettings others) {
    return new AgentSettings(
        shipping,
        scrapeInterval,
        listen,
        others.labels,
        paths,
        others.certificates,
        others.exporters,
        others.textfiles,
        scrapeKey,
        actions,
        others.effective);
  }

  /// Whether others ask for no more than a running agent can take.
  public boolean isReloadable(AgentSettings others) {
    return others.equals(with(others));
  }

  private static List<Path> certificates(Settings settings) {
    List<Path> files = new ArrayList<>();
    for (String file : settings.text(CERTIFICATES, "").split(",", -1)) {
      if (file.strip().startsWith("/")) {
        files.add(Path.of(file.strip()));
      } else if (!file.isBlank()) {
        settings.problem(
            CERTIFICATES,
            "has \"%s\"; write whole paths, such as /etc/ssl/web.pem,/etc/ssl/db.pem"
                .formatted(file.strip()));
      }
    }
    return files;
  }
}
