package io.fleetward.agent.collector.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.collector.HostTree;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesCollectorTest {
  @TempDir Path folder;
  private final SeriesTable table = new SeriesTable("web-1");
  private long seconds;

  @Test
  void looksAgainOnceAMinute() throws IOException {
    HostPaths paths = HostTree.unpack("packages", "full", folder);
    PackagesCollector collector =
        new PackagesCollector(paths, table, () -> TimeUnit.SECONDS.toNanos(seconds));
    assertThat(value(collector, "fleetward_reboot_required")).isEqualTo(1);
    Files.delete(paths.root("run/reboot-required"));
    Files.writeString(paths.root("var/lib/dpkg/status"), "Package: a\nStatus: hold ok installed\n");

    seconds = 59;
    assertThat(value(collector, "fleetward_reboot_required")).isEqualTo(1);
    seconds = 61;
    assertThat(value(collector, "fleetward_reboot_required")).isZero();
    assertThat(value(collector, "fleetward_packages")).isEqualTo(1);
  }

  private double value(PackagesCollector collector, String metric) throws IOException {
    collector.collect();
    Scrape scrape = table.take(0);
    for (int i = 0; i < scrape.size(); i++) {
      if (scrape.layout().series().get(i).metricName().equals(metric)) {
        return scrape.value(i);
      }
    }
    throw new AssertionError("no " + metric);
  }
}
