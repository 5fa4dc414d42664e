package io.fleetward.agent.collector.dmi;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import java.util.List;

/// `node_dmi_info{bios_vendor,product_name,system_vendor,…}`; serial numbers where the agent may
/// read them. It is read once: firmware does not change while a host is up.
public final class DmiCollector implements Collector {
  private static final List<String> FILES =
      List.of(
          "bios_date",
          "bios_release",
          "bios_vendor",
          "bios_version",
          "board_asset_tag",
          "board_name",
          "board_serial",
          "board_vendor",
          "board_version",
          "chassis_asset_tag",
          "chassis_serial",
          "chassis_vendor",
          "chassis_version",
          "product_family",
          "product_name",
          "product_serial",
          "product_sku",
          "product_uuid",
          "product_version",
          "sys_vendor");

  private final Folder dmi;
  private final InfoSeries info;
  private boolean isRead;
  private boolean isThere;

  public DmiCollector(HostPaths paths, SeriesTable table) {
    this.dmi = Folder.at(paths.sys("class/dmi/id"));
    this.info =
        new InfoSeries(
            table,
            "node_dmi_info",
            new String[0],
            FILES.stream()
                .map(file -> file.replace("sys_vendor", "system_vendor"))
                .toArray(String[]::new));
  }

  @Override
  public String name() {
    return "dmi";
  }

  @Override
  public void collect() {
    if (!isRead) {
      isRead = true;
      info.begin();
      for (String file : FILES) {
        info.text(dmi.line(file));
        isThere |= dmi.line(file).length() > 0;
      }
    }
    if (isThere) {
      info.tell();
    }
  }
}
