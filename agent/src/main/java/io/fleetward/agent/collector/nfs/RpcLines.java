package io.fleetward.agent.collector.nfs;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;

/// Where the numbers of a file of lines go, each of which has a name and numbers. Confined to the
/// collecting thread.
record RpcLines(List<Line> lines) {
  /// @param skipped how many numbers come before the first that is told
  record Line(String name, int skipped, List<Slot> slots) {
    Line {
      slots = List.copyOf(slots);
    }

    private void collect(Fields fields) throws MalformedFileException {
      fields.again();
      fields.skip(1 + skipped);
      // older kernels have fewer procedures
      for (int i = 0; i < slots.size() && fields.nextField(); i++) {
        slots.get(i).set(fields.number());
      }
    }
  }

  RpcLines {
    lines = List.copyOf(lines);
  }

  /// A line with a count for each procedure, after how many there are.
  static Line procedures(
      SeriesTable table,
      String prefix,
      String name,
      String version,
      int skipped,
      List<String> procedures) {
    return new Line(
        name,
        skipped,
        procedures.stream()
            .map(procedure ->
                table.slot(prefix + "_requests_total", "proto", version, "method", procedure))
            .toList());
  }

  void collect(Fields file) throws MalformedFileException {
    while (file.nextLine()) {
      if (file.nextField()) {
        for (int i = 0; i < lines.size(); i++) {
          file.again();
          if (file.nextField() && file.is(lines.get(i).name())) {
            lines.get(i).collect(file);
          }
        }
      }
    }
  }
}
