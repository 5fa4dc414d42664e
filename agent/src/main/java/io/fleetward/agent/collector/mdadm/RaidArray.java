package io.fleetward.agent.collector.mdadm;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;

/// One array: what its paragraph says, and its series. Confined to the collecting thread.
final class RaidArray {
  private static final List<String> STATES =
      List.of("active", "inactive", "recovering", "resync", "check");
  private static final int ACTIVE = 0;
  private static final int INACTIVE = 1;
  private static final int RECOVERING = 2;
  private static final int RESYNC = 3;
  private static final int CHECK = 4;

  private final List<Slot> states;
  private final Slot activeDisks;
  private final Slot failedDisks;
  private final Slot spareDisks;
  private final Slot disksRequired;
  private final Slot blocks;
  private final Slot blocksSynced;
  private int state;
  private boolean hasNoRedundancy;
  private long members;
  private long failed;
  private long spare;
  private long required;
  private long active;
  private long size;
  private long synced;
  private boolean isFirstDetail;

  RaidArray(SeriesTable table, String device) {
    this.states =
        STATES.stream()
            .map(told -> table.slot("node_md_state", "device", device, "state", told))
            .toList();
    this.activeDisks = table.slot("node_md_disks", "device", device, "state", "active");
    this.failedDisks = table.slot("node_md_disks", "device", device, "state", "failed");
    this.spareDisks = table.slot("node_md_disks", "device", device, "state", "spare");
    this.disksRequired = table.slot("node_md_disks_required", "device", device);
    this.blocks = table.slot("node_md_blocks", "device", device);
    this.blocksSynced = table.slot("node_md_blocks_synced", "device", device);
  }

  /// Reads the rest of a line such as `md6 : active raid1 sdb2[2](F) sdc[1](S) sda2[0]`.
  void begin(Fields line) throws MalformedFileException {
    members = 0;
    failed = 0;
    spare = 0;
    required = 0;
    active = 0;
    size = 0;
    synced = 0;
    hasNoRedundancy = false;
    isFirstDetail = true;
    line.skip(2); // a colon, then the state
    state = line.is("inactive") ? INACTIVE : ACTIVE;
    while (line.nextField()) {
      hasNoRedundancy |= line.is("raid0") || line.is("linear");
      members += line.contains("[") ? 1 : 0;
      failed += line.endsWith("(F)") ? 1 : 0;
      spare += line.endsWith("(S)") ? 1 : 0;
    }
  }

  /// Reads one of the lines below it.
  void detail(Fields line) throws MalformedFileException {
    if (isFirstDetail) {
      isFirstDetail = false;
      readSize(line);
    } else {
      readProgress(line);
    }
  }

  /// Such as `195310144 blocks [2/1] [U_]`; without redundancy every member is needed.
  private void readSize(Fields line) throws MalformedFileException {
    size = line.nextNumber();
    synced = size;
    if (hasNoRedundancy) {
      required = members;
      active = members;
    }
    while (state == ACTIVE && !hasNoRedundancy && line.nextField((byte) '/')) {
      if (line.startsWith("[") && !line.startsWith("[U") && !line.startsWith("[_")) {
        required = line.cutStart(1).number();
        if (line.nextField((byte) ']')) {
          active = line.number();
        }
      }
    }
  }

  /// Such as `[=>....] recovery = 8.5% (16775552/195310144) finish=17.0min speed=259783K/sec`, or
  /// `resync=PENDING`.
  private void readProgress(Fields line) throws MalformedFileException {
    line.rest();
    int progress =
        line.contains("recovery")
            ? RECOVERING
            : line.contains("resync") ? RESYNC : line.contains("check") ? CHECK : ACTIVE;
    if (progress == ACTIVE || line.contains("bitmap")) {
      return;
    }
    state = progress;
    synced = 0;
    boolean isWaiting = line.contains("PENDING") || line.contains("DELAYED");
    line.again();
    while (!isWaiting && line.nextField((byte) '/')) {
      if (line.startsWith("(")) {
        synced = line.cutStart(1).number();
        return;
      }
    }
  }

  void tell() {
    for (int i = 0; i < STATES.size(); i++) {
      states.get(i).set(i == state ? 1 : 0);
    }
    activeDisks.set(active);
    failedDisks.set(failed);
    spareDisks.set(spare);
    disksRequired.set(required);
    blocks.set(size);
    blocksSynced.set(synced);
  }
}
