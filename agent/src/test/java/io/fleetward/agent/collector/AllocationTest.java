package io.fleetward.agent.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fleetward.agent.Collectors;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What collecting costs in memory once it runs: nothing for each sample.
class AllocationTest {
  private static final int WARM_UP = 60;
  private static final int ROUNDS = 61;

  /// The few objects that one collection may need, whatever the number of its samples.
  private static final long MOST_BYTES_PER_COLLECTION = 600;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void steadyCollectionAllocatesNothingPerSample() {
    SeriesTable table = new SeriesTable("here");
    List<Collector> collectors =
        Collectors.all(
            new HostPaths(Path.of("/proc"), Path.of("/sys"), Path.of("/")),
            table,
            "boot",
            List.of());
    long[][] bytes = new long[collectors.size()][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int i = 0; i < collectors.size(); i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        collect(collectors.get(i));
        if (round >= 0) {
          bytes[i][round] = threads.getCurrentThreadAllocatedBytes() - before;
        }
      }
      table.take(round);
    }

    Map<String, Long> medians = new TreeMap<>();
    for (int i = 0; i < bytes.length; i++) {
      Arrays.sort(bytes[i]);
      medians.put(collectors.get(i).name(), bytes[i][ROUNDS / 2]);
    }
    // a host that hides its kernel log fails there each time
    medians.remove("kmsg");
    assertThat(medians)
        .allSatisfy((name, median) ->
            assertThat(median).as(name).isLessThanOrEqualTo(MOST_BYTES_PER_COLLECTION));
  }

  private static void collect(Collector collector) {
    try {
      collector.collect();
    } catch (IOException _) {
      // another test says which may fail
    }
  }
}
