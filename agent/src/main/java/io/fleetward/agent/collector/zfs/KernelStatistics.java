package io.fleetward.agent.collector.zfs;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.ArrayList;
import java.util.List;

/// A file of lines with a name, a type and a value; whole numbers are told. Confined to the
/// collecting thread.
final class KernelStatistics {
  private final Keyed<Slot> slots;

  /// @param labels names and values in turn
  KernelStatistics(SeriesTable table, String prefix, List<String> labels) {
    String[] namesAndValues = new ArrayList<>(labels).toArray(String[]::new);
    this.slots = new Keyed<>(name -> table.slot(prefix + name.replace('-', '_'), namesAndValues));
  }

  void collect(Fields file) throws MalformedFileException {
    boolean isBelowHeader = false;
    while (file.nextLine()) {
      boolean hasName = file.nextField();
      if (!isBelowHeader) {
        isBelowHeader = hasName && file.is("name");
      } else if (hasName) {
        collectLine(file);
      }
    }
    slots.forgetUnseen();
  }

  private void collectLine(Fields line) throws MalformedFileException {
    line.skip(1);
    // 3 and 4 are whole numbers of 64 bits
    boolean isNumber = line.is("3") || line.is("4");
    if (isNumber) {
      line.again();
      line.skip(1);
      Slot slot = slots.get(line);
      line.skip(2);
      slot.set(line.signed());
    }
  }
}
