package io.fleetward.agent.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.Collectors;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The collectors on the host that runs the tests.
class LiveHostTest {
  private final SeriesTable table = new SeriesTable("here");
  private final List<String> failed = new ArrayList<>();
  private final HostCollectors host =
      new HostCollectors(
          Collectors.all(
              new HostPaths(Path.of("/proc"), Path.of("/sys"), Path.of("/")),
              table,
              "boot",
              List.of()),
          table,
          (collector, cause) -> failed.add(collector + ": " + cause));

  @Test
  void everyCollectorSucceeds() {
    Scrape scrape = host.scrape(1);

    // only root may read the kernel's log on some hosts
    assertThat(failed).allMatch(failure -> failure.startsWith("kmsg: "));
    assertThat(value(scrape, Labels.of("__name__", "up", "instance", "here"))).isEqualTo(1);
    assertThat(names(scrape))
        .contains(
            "node_cpu_seconds_total",
            "node_memory_MemAvailable_bytes",
            "node_load1",
            "node_boot_time_seconds",
            "node_vmstat_pgfault",
            "node_filesystem_avail_bytes",
            "node_network_receive_bytes_total",
            "node_network_info",
            "node_netstat_Tcp_CurrEstab",
            "node_timex_sync_status",
            "node_uname_info",
            "fleetward_top_process_resident_memory_bytes",
            "fleetward_top_process_info");
  }

  @Test
  void noSeriesComesTwice() {
    Scrape scrape = host.scrape(1);

    assertThat(new HashSet<>(scrape.layout().series())).hasSize(scrape.size());
  }

  @Test
  void countersDoNotRunBack() {
    Scrape first = host.scrape(1);
    Scrape second = host.scrape(2);

    for (int i = 0; i < first.size(); i++) {
      Labels series = first.layout().series().get(i);
      if (series.metricName().startsWith("node_cpu_seconds")) {
        assertThat(value(second, series))
            .as(series.toString())
            .isGreaterThanOrEqualTo(first.value(i));
      }
    }
  }

  private static double value(Scrape scrape, Labels series) {
    return scrape.value(scrape.layout().series().indexOf(series));
  }

  private static List<String> names(Scrape scrape) {
    return IntStream.range(0, scrape.size())
        .mapToObj(i -> scrape.layout().series().get(i).metricName())
        .distinct()
        .toList();
  }
}
