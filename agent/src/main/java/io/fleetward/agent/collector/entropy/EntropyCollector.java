package io.fleetward.agent.collector.entropy;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_entropy_available_bits` and `node_entropy_pool_size_bits`.
public final class EntropyCollector implements Collector {
  private final ProcFile available;
  private final ProcFile poolSize;
  private final Slot availableBits;
  private final Slot poolSizeBits;

  public EntropyCollector(HostPaths paths, SeriesTable table) {
    this.available = new ProcFile(paths.proc("sys/kernel/random/entropy_avail"));
    this.poolSize = new ProcFile(paths.proc("sys/kernel/random/poolsize"));
    this.availableBits = table.slot("node_entropy_available_bits");
    this.poolSizeBits = table.slot("node_entropy_pool_size_bits");
  }

  @Override
  public String name() {
    return "entropy";
  }

  @Override
  public void collect() throws IOException {
    tell(available, availableBits);
    tell(poolSize, poolSizeBits);
  }

  private static void tell(ProcFile file, Slot slot) throws IOException {
    Fields fields = file.readIfThere();
    if (fields.nextLine()) {
      slot.set(fields.nextNumber());
    }
  }
}
