package io.fleetward.agent.collector.kmsg;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.KernelLog;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `fleetward_kernel_log_events_total{kind}` for what fleets care about, and
/// `fleetward_kernel_log_messages_total{level}` for all that the kernel says at level `warning` and
/// worse, both since the agent started: what was said before may long be mended.
public final class KmsgCollector implements Collector {
  private static final int MOST_RECORDS = 20_000;
  private static final List<String> LEVELS = List.of("emerg", "alert", "crit", "err", "warning");

  private final KernelLog log;
  private final List<Slot> levels;
  private final List<Slot> kinds;
  private final long[] levelCounts = new long[LEVELS.size()];
  private final long[] kindCounts = new long[LogEvent.values().length];

  /// @param device `/dev/kmsg`
  public KmsgCollector(Path device, SeriesTable table) {
    this.log = new KernelLog(device);
    this.levels =
        LEVELS.stream()
            .map(level -> table.slot("fleetward_kernel_log_messages_total", "level", level))
            .toList();
    this.kinds =
        LogEvent.all().stream()
            .map(event -> table.slot("fleetward_kernel_log_events_total", "kind", event.kind()))
            .toList();
  }

  @Override
  public String name() {
    return "kmsg";
  }

  @Override
  public void collect() throws IOException {
    boolean isMore = true;
    for (int i = 0; i < MOST_RECORDS && isMore; i++) {
      Fields entry = log.next();
      isMore = !entry.isEmpty();
      while (entry.nextLine()) {
        // what is indented tells about the device
        if (!entry.isIndented()) {
          take(entry);
        }
      }
    }
    if (log.isThere()) {
      tell();
    }
  }

  private void tell() {
    for (int i = 0; i < levelCounts.length; i++) {
      levels.get(i).set(levelCounts[i]);
    }
    for (int i = 0; i < kindCounts.length; i++) {
      kinds.get(i).set(kindCounts[i]);
    }
  }

  private void take(Fields entry) throws IOException {
    if (!entry.nextField((byte) ',')) {
      throw entry.malformed("has no priority");
    }
    long priority = entry.number();
    // facility 0 is the kernel; programs may write here too, but not as the kernel
    if (priority >= 8) {
      return;
    }
    if (priority < levelCounts.length) {
      levelCounts[(int) priority]++;
    }
    if (!entry.nextField((byte) ';')) {
      throw entry.malformed("has no text");
    }
    int event = LogEvent.indexOf(entry.rest());
    if (event >= 0) {
      kindCounts[event]++;
    }
  }
}
