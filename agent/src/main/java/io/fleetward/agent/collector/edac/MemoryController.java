package io.fleetward.agent.collector.edac;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;

/// The series of one memory controller. Confined to the collecting thread.
final class MemoryController {
  private static final String CONTROLLER = "mc";
  private static final String ROW = "csrow";

  private final Folder folder;
  private final Slot correctable;
  private final Slot uncorrectable;
  private final Slot correctableOfNoRow;
  private final Slot uncorrectableOfNoRow;
  private final Keyed<Row> rows;

  private record Row(Folder folder, Slot correctable, Slot uncorrectable) {
    void collect() {
      correctable.setIfKnown(folder.number("ce_count"));
      uncorrectable.setIfKnown(folder.number("ue_count"));
    }
  }

  MemoryController(SeriesTable table, Folder folder, String name) {
    String controller = name.substring(CONTROLLER.length());
    this.folder = folder;
    this.correctable = table.slot("node_edac_correctable_errors_total", "controller", controller);
    this.uncorrectable =
        table.slot("node_edac_uncorrectable_errors_total", "controller", controller);
    this.correctableOfNoRow = rowSlot(table, "correctable", controller, "unknown");
    this.uncorrectableOfNoRow = rowSlot(table, "uncorrectable", controller, "unknown");
    this.rows =
        new Keyed<>(row ->
            new Row(
                folder.inside(row),
                rowSlot(table, "correctable", controller, row.substring(ROW.length())),
                rowSlot(table, "uncorrectable", controller, row.substring(ROW.length()))));
  }

  private static Slot rowSlot(SeriesTable table, String kind, String controller, String row) {
    return table.slot(
        "node_edac_csrow_" + kind + "_errors_total", "controller", controller, "csrow", row);
  }

  void collect() {
    correctable.setIfKnown(folder.number("ce_count"));
    uncorrectable.setIfKnown(folder.number("ue_count"));
    correctableOfNoRow.setIfKnown(folder.number("ce_noinfo_count"));
    uncorrectableOfNoRow.setIfKnown(folder.number("ue_noinfo_count"));
    Fields names = folder.folders();
    while (names.nextLine() && names.nextField()) {
      if (names.startsWith(ROW)) {
        rows.get(names).collect();
      }
    }
    rows.forgetUnseen();
  }
}
