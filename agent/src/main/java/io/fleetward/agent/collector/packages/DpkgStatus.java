package io.fleetward.agent.collector.packages;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Packages by the state that dpkg has them in. The file has megabytes, so it is read once through
/// a small buffer. Confined to the collecting thread.
final class DpkgStatus {
  private static final byte[] STATUS = {'S', 't', 'a', 't', 'u', 's', ':', ' '};
  private static final int BUFFER_BYTES = 64 << 10;

  private final Keyed<State> states;
  private final Slot held;
  private final byte[] value = new byte[128];
  private final Fields fields;
  private long heldCount;

  private static final class State {
    final Slot packages;
    long count;

    State(Slot packages) {
      this.packages = packages;
    }
  }

  DpkgStatus(SeriesTable table) {
    this.states = new Keyed<>(state -> new State(table.slot("fleetward_packages", "state", state)));
    this.held = table.slot("fleetward_packages_held");
    this.fields = new Fields("dpkg's status");
  }

  /// Counts anew.
  void read(Path file) throws IOException {
    for (int i = 0; i < states.size(); i++) {
      states.at(i).count = 0;
    }
    heldCount = 0;
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      for (int next = input.read(); next >= 0; next = input.read()) {
        int matched = 0;
        while (matched < STATUS.length && next == STATUS[matched]) {
          matched++;
          next = input.read();
        }
        int length = 0;
        while (next >= 0 && next != '\n') {
          if (matched == STATUS.length && length < value.length) {
            value[length++] = (byte) next;
          }
          next = input.read();
        }
        if (length > 0) {
          take(length);
        }
      }
    }
    states.forgetUnseen();
  }

  /// Such as `install ok installed`.
  private void take(int length) throws IOException {
    Fields words = fields.of(value, 0, length);
    words.again();
    words.skip(1);
    heldCount += words.is("hold") ? 1 : 0;
    words.skip(2);
    states.get(words).count++;
  }

  void tell() {
    held.set(heldCount);
    for (int i = 0; i < states.size(); i++) {
      states.at(i).packages.set(states.at(i).count);
    }
  }
}
