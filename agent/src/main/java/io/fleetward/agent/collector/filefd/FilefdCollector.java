package io.fleetward.agent.collector.filefd;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_filefd_allocated` and `node_filefd_maximum`.
public final class FilefdCollector implements Collector {
  private final ProcFile fileNumbers;
  private final Slot allocated;
  private final Slot maximum;

  public FilefdCollector(HostPaths paths, SeriesTable table) {
    this.fileNumbers = new ProcFile(paths.proc("sys/fs/file-nr"));
    this.allocated = table.slot("node_filefd_allocated");
    this.maximum = table.slot("node_filefd_maximum");
  }

  @Override
  public String name() {
    return "filefd";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = fileNumbers.read();
    if (!fields.nextLine()) {
      throw fields.malformed("is empty");
    }
    allocated.set(fields.nextNumber());
    fields.skip(1); // free handles, always 0 since Linux 2.6
    maximum.set(fields.nextNumber());
  }
}
