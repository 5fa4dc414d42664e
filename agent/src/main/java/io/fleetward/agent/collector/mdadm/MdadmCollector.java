package io.fleetward.agent.collector.mdadm;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.ProcFile;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;

/// `node_md_state{device,state}`, `node_md_disks{device,state}`, `node_md_disks_required`,
/// `node_md_blocks` and `node_md_blocks_synced`.
public final class MdadmCollector implements Collector {
  private final ProcFile mdstat;
  private final Keyed<RaidArray> arrays;

  public MdadmCollector(HostPaths paths, SeriesTable table) {
    this.mdstat = new ProcFile(paths.proc("mdstat"));
    this.arrays = new Keyed<>(device -> new RaidArray(table, device));
  }

  @Override
  public String name() {
    return "mdadm";
  }

  @Override
  public void collect() throws IOException {
    Fields fields = mdstat.readIfThere();
    boolean isMore = fields.nextLine();
    while (isMore) {
      boolean isIndented = fields.isIndented();
      boolean isArray =
          fields.nextField() && !isIndented && !fields.is("Personalities") && !fields.is("unused");
      if (isArray) {
        RaidArray array = arrays.get(fields);
        array.begin(fields);
        isMore = fields.nextLine();
        while (isMore && fields.isIndented()) {
          array.detail(fields);
          isMore = fields.nextLine();
        }
        array.tell();
      } else {
        isMore = fields.nextLine();
      }
    }
    arrays.forgetUnseen();
  }
}
