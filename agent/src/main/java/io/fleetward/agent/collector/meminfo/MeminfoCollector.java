package io.fleetward.agent.collector.meminfo;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_memory_MemTotal_bytes` and its like; what the kernel counts in pages of its own, such as
/// `node_memory_HugePages_Free`, has no unit.
public final class MeminfoCollector implements Collector {
  private static final int BYTES_PER_KIB = 1024;

  private final ProcFile meminfo;
  private final Keyed<Entry> entries;

  /// An entry is given in kB or in pieces; which, is known once its line was read.
  private static final class Entry {
    final Slot bytes;
    final Slot pieces;

    Entry(SeriesTable table, String key) {
      String name = key.replace("(", "_").replace(")", "");
      this.bytes = table.slot("node_memory_" + name + "_bytes");
      this.pieces = table.slot("node_memory_" + name);
    }
  }

  public MeminfoCollector(HostPaths paths, SeriesTable table) {
    this.meminfo = new ProcFile(paths.proc("meminfo"));
    this.entries = new Keyed<>(key -> new Entry(table, key));
  }

  @Override
  public String name() {
    return "meminfo";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = meminfo.read();
    boolean found = false;
    while (fields.nextLine()) {
      if (fields.nextField((byte) ':')) {
        Entry entry = entries.get(fields);
        long value = fields.nextNumber();
        if (fields.nextField()) {
          if (!fields.is("kB")) {
            throw fields.malformed("unit \"%s\" is not kB".formatted(fields.text()));
          }
          entry.bytes.set((double) value * BYTES_PER_KIB);
        } else {
          entry.pieces.set((double) value);
        }
        found = true;
      }
    }
    entries.forgetUnseen();
    if (!found) {
      throw fields.malformed("is empty");
    }
  }
}
