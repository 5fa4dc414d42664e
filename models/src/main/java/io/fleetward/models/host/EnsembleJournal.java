package io.fleetward.models.host;

import io.fleetward.models.host.ModelShelf.Part;
import io.fleetward.models.stream.Ensemble;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An ensemble on a shelf: a snapshot every [#SLOTS] rows and each row since, in a ring of slots.
/// Equal rows give equal ensembles, so that the rows bring a snapshot up to date exactly. Confined
/// to one thread.
///
/// Hosts take their snapshots at different rows, so that those of a fleet do not coincide.
final class EnsembleJournal {
  static final int SLOTS = 256;

  private static final int SPREAD = 0x9E3779B1; // 2^32 divided by the golden ratio

  private final ModelShelf shelf;
  private final int offset;
  private final HostDrift drift = new HostDrift();
  private long rows;

  /// @param owner tells hosts and models apart
  EnsembleJournal(ModelShelf shelf, String owner) {
    this.shelf = shelf;
    this.offset = (owner.hashCode() * SPREAD) >>> (Integer.SIZE - 8);
  }

  /// Keeps an ensemble that begins from a version.
  void begin(Ensemble ensemble, Origin origin) {
    rows = 0;
    new Snapshot(0, ensemble.toBytes()).write(shelf);
    shelf.put(Part.ORIGIN, 0, origin.toBytes());
  }

  /// The version from which the ensemble on the shelf began.
  Origin origin() {
    return shelf.get(Part.ORIGIN, 0).map(Origin::of).orElse(Origin.COLD);
  }

  /// Whether the host is no longer as the ensemble knows it.
  boolean isDrifted() {
    return drift.isDrifted();
  }

  /// Whether nothing was learnt since the beginning.
  boolean isEmpty() {
    return rows == 0;
  }

  /// Keeps what the ensemble has just learnt.
  ///
  /// @param score the row's; NaN if undetermined
  void observed(Ensemble ensemble, long time, double[] row, double score) {
    rows++;
    drift.observed(time, score);
    // One that scores its first row began with more than its rows can tell.
    boolean beganWarm = rows == 1 && !ensemble.isWarmingUp();
    if (beganWarm || (rows + offset) % SLOTS == 0) {
      new Snapshot(rows, ensemble.toBytes()).write(shelf);
      shelf.put(Part.DRIFT, 0, drift.toBytes());
    } else {
      shelf.put(Part.JOURNAL, slot(rows), toBytes(rows, time, row));
    }
  }

  private static int slot(long number) {
    return (int) (number % SLOTS);
  }

  private static byte[] toBytes(long number, long time, double[] row) {
    ByteBuffer bytes = ByteBuffer.allocate((2 + row.length) * Long.BYTES);
    bytes.putLong(number).putLong(time);
    for (double value : row) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  /// Brings a new ensemble to where the one on the shelf stood.
  ///
  /// @param features in a row
  /// @return why that cannot be, and then the ensemble is not for use; empty if it stands there
  Optional<String> restore(Ensemble ensemble, int features) {
    switch (Snapshot.read(shelf)) {
      case Snapshot.Found.Nothing() -> rows = 0;
      case Snapshot.Found.Unusable(String reason) -> {
        return Optional.of(reason);
      }
      case Snapshot.Found.Usable(Snapshot snapshot) -> {
        try {
          ensemble.restore(snapshot.state());
        } catch (IllegalArgumentException e) {
          return Optional.of("its snapshot cannot be used: " + e.getMessage());
        }
        rows = snapshot.rows();
      }
    }
    drift.restore(shelf.get(Part.DRIFT, 0).orElse(new byte[0]));
    while (replay(ensemble, features)) {
      rows++;
    }
    return Optional.empty();
  }

  /// Scores the next row of the ring; false if it holds none.
  private boolean replay(Ensemble ensemble, int features) {
    byte[] bytes = shelf.get(Part.JOURNAL, slot(rows + 1)).orElse(new byte[0]);
    if (bytes.length != (2 + features) * Long.BYTES) {
      return false;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes);
    if (from.getLong() != rows + 1) {
      return false;
    }
    long time = from.getLong();
    double[] row = new double[features];
    from.asDoubleBuffer().get(row);
    drift.observed(time, ensemble.score(time, row));
    return true;
  }

  /// Takes everything off the shelf, for an ensemble that begins anew.
  void clear() {
    rows = 0;
    drift.clear();
    for (Part part : new Part[] {Part.SNAPSHOT, Part.JOURNAL, Part.ORIGIN, Part.DRIFT}) {
      List<Integer> numbers = new ArrayList<>();
      shelf.forEach(part, (number, _) -> numbers.add(number));
      numbers.forEach(number -> shelf.delete(part, number));
    }
  }
}
