package io.fleetward.agent.settings;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.protocol.configuration.Settings;
import io.fleetward.protocol.labels.Labels;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;

/// An exporter on this host whose page is read.
///
/// @param name the value of its series' label `job`
/// @param timeout at most the interval
/// @param labels added to each of its series
/// @param honourLabels whether its own labels count where they clash with ours
/// @param seriesLimit a page with more is not taken
/// @param certificateAuthority a PEM file; empty for the JVM's own
/// @param bearerTokenFile holds a token that is shown to it; empty for none
public record ExporterSettings(
    String name,
    URI url,
    Duration interval,
    Duration timeout,
    Labels labels,
    boolean honourLabels,
    int seriesLimit,
    String certificateAuthority,
    String bearerTokenFile) {
  private static final String PREFIX = "scrape.";

  /// Each has a thread and a buffer for its page.
  private static final int MOST = 16;

  /// Every exporter that the file names: `scrape.NAME.url`, and what else begins so.
  ///
  /// @param interval the host's own, which is the default
  static List<ExporterSettings> all(Settings settings, Duration interval) {
    SortedSet<String> names = settings.groups(PREFIX);
    if (names.size() > MOST) {
      settings.problem(
          PREFIX + names.last() + ".url",
          "is one exporter too many; %d are read at most".formatted(MOST));
    }
    return names.stream().map(name -> of(settings, name, PREFIX + name + ".", interval)).toList();
  }

  private static ExporterSettings of(
      Settings settings, String name, String prefix, Duration hostInterval) {
    Duration interval = settings.duration(prefix + "interval", hostInterval);
    if (interval.compareTo(hostInterval) < 0) {
      settings.problem(
          prefix + "interval",
          "is \"%s\"; write at least agent.scrape-interval, %s"
              .formatted(
                  PrometheusDuration.format(interval), PrometheusDuration.format(hostInterval)));
    }
    Duration timeout = settings.duration(prefix + "timeout", interval);
    if (timeout.compareTo(interval) > 0 || timeout.isZero()) {
      settings.problem(
          prefix + "timeout",
          "is \"%s\"; write at most its interval, %s"
              .formatted(PrometheusDuration.format(timeout), PrometheusDuration.format(interval)));
    }
    return new ExporterSettings(
        name,
        url(settings, prefix + "url"),
        interval,
        timeout,
        LabelList.read(settings, prefix + "labels"),
        settings.flag(prefix + "honour-labels", false),
        settings.integer(prefix + "series-limit", 2_000, 1, 20_000),
        file(settings, prefix + "ca"),
        file(settings, prefix + "bearer-token-file"));
  }

  private static URI url(Settings settings, String key) {
    String text = settings.text(key);
    try {
      URI url = new URI(text);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException _) {
      // told below, together with addresses of other kinds
    }
    if (!text.isEmpty()) {
      settings.problem(
          key, "is \"%s\"; write an address such as http://127.0.0.1:9187/metrics".formatted(text));
    }
    return URI.create("http://localhost/");
  }

  private static String file(Settings settings, String key) {
    String file = settings.text(key, "");
    if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
      settings.problem(
          key, "names %s, which cannot be read; make it readable for the agent".formatted(file));
    }
    return file;
  }
}
