package io.fleetward.agent.collector.zfs;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;

/// The series of one pool and its datasets. Confined to the collecting thread.
final class Pool {
  private static final List<String> STATES =
      List.of("online", "degraded", "faulted", "offline", "removed", "unavail", "suspended");

  private final Folder folder;
  private final List<Slot> states;
  private final Keyed<List<Slot>> headers;
  private final Keyed<Dataset> datasets;

  private record Dataset(String file, KernelStatistics statistics) {}

  Pool(SeriesTable table, Folder folder, String pool) {
    this.folder = folder;
    this.states =
        STATES.stream()
            .map(state -> table.slot("node_zfs_zpool_state", "zpool", pool, "state", state))
            .toList();
    this.headers =
        new Keyed<>(header ->
            List.of(header.split("\\s+", -1)).stream()
                .map(column -> table.slot("node_zfs_zpool_" + column, "zpool", pool))
                .toList());
    this.datasets = new Keyed<>(file -> dataset(table, pool, file));
  }

  private Dataset dataset(SeriesTable table, String pool, String file) {
    List<String> labels = List.of("zpool", pool, "dataset", nameOf(file));
    return new Dataset(file, new KernelStatistics(table, "node_zfs_zpool_dataset_", labels));
  }

  private String nameOf(String file) {
    Fields lines = folder.read(file);
    while (lines.nextLine()) {
      if (lines.nextField() && lines.is("dataset_name") && lines.nextField()) {
        return lines.rest().text();
      }
    }
    return file;
  }

  void collect() throws MalformedFileException {
    collectState(folder.line("state"));
    collectTotals(folder.read("io"));
    Fields names = folder.list();
    while (names.nextLine() && names.nextField()) {
      if (names.startsWith("objset-")) {
        Dataset dataset = datasets.get(names);
        dataset.statistics().collect(folder.read(dataset.file()));
      }
    }
    datasets.forgetUnseen();
  }

  private void collectState(Fields state) {
    for (int i = 0; i < STATES.size() && state.length() > 0; i++) {
      states.get(i).set(state.isIgnoringCase(STATES.get(i)) ? 1 : 0);
    }
  }

  /// A line with the kernel's own numbers, a line with names, a line with values.
  private void collectTotals(Fields io) throws MalformedFileException {
    boolean hasFirst = io.nextLine();
    boolean hasNames = io.nextLine();
    if (!hasFirst || !hasNames) {
      return;
    }
    List<Slot> columns = headers.get(io.rest());
    headers.forgetUnseen();
    if (!io.nextLine()) {
      throw io.malformed("has names without values");
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).set(io.nextNumber());
    }
  }
}
