package io.fleetward.agent.collector.nvme;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;

/// `node_nvme_info{device,firmware_revision,model,serial,state}`.
public final class NvmeCollector implements Collector {
  private record Drive(Folder folder, InfoSeries info) {
    void collect() {
      info.begin()
          .text(folder.line("firmware_rev"))
          .text(folder.line("model"))
          .text(folder.line("serial"))
          .text(folder.line("state"))
          .tell();
    }
  }

  private final Folder nvme;
  private final Keyed<Drive> drives;

  public NvmeCollector(HostPaths paths, SeriesTable table) {
    this.nvme = Folder.at(paths.sys("class/nvme"));
    this.drives =
        new Keyed<>(device ->
            new Drive(
                nvme.inside(device),
                new InfoSeries(
                    table,
                    "node_nvme_info",
                    new String[] {"device", device},
                    "firmware_revision",
                    "model",
                    "serial",
                    "state")));
  }

  @Override
  public String name() {
    return "nvme";
  }

  @Override
  public void collect() {
    Fields names = nvme.folders();
    while (names.nextLine() && names.nextField()) {
      drives.get(names).collect();
    }
    drives.forgetUnseen();
  }
}
