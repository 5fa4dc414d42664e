package io.fleetward.agent.collector.selinux;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;

/// `node_selinux_enabled`; where it is, `node_selinux_current_mode` and `node_selinux_config_mode`
/// (1 enforcing, 0 permissive, -1 disabled).
public final class SelinuxCollector implements Collector {
  private final Folder selinux;
  private final Folder root;
  private final Slot enabled;
  private final Slot currentMode;
  private final Slot configMode;

  public SelinuxCollector(HostPaths paths, SeriesTable table) {
    this.selinux = Folder.at(paths.sys("fs/selinux"));
    this.root = Folder.at(paths.rootfs());
    this.enabled = table.slot("node_selinux_enabled");
    this.currentMode = table.slot("node_selinux_current_mode");
    this.configMode = table.slot("node_selinux_config_mode");
  }

  @Override
  public String name() {
    return "selinux";
  }

  @Override
  public void collect() {
    double mode = selinux.number("enforce");
    enabled.set(Double.isNaN(mode) ? 0 : 1);
    if (!Double.isNaN(mode)) {
      currentMode.set(mode);
      configMode.set(configured());
    }
  }

  private int configured() {
    Fields config = root.read("etc/selinux/config");
    while (config.nextLine()) {
      if (config.nextField((byte) '=') && config.is("SELINUX") && config.nextField()) {
        return config.is("enforcing") ? 1 : config.is("permissive") ? 0 : -1;
      }
    }
    return -1;
  }
}
