package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.BodyLayout;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.rules.engine.HostRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The layouts in which one host's records came lately, with the slots of their series: a record in
/// a known layout is read without looking at labels. On the stream thread.
final class HostLayouts {
  /// A sender may split each scrape, always in the same way.
  private static final int MOST = 4;

  /// The one used last comes first.
  private final List<Known> known = new ArrayList<>(1);

  /// @param version the slots' own
  @SuppressWarnings("ArrayRecordComponent") // stays here, never compared
  private record Known(BodyLayout layout, int[] slots, HostRules rules, long version) {
    boolean isFor(HostRules others) {
      return rules == others && version == others.slotsVersion();
    }
  }

  /// Reads a body; empty if its layout is not known.
  ///
  /// @param table is used for the answer
  Optional<Samples> read(byte[] body, Version version, HostRules rules, SampleTable table) {
    for (int i = 0; i < known.size(); i++) {
      Known one = known.get(i);
      if (one.layout().read(body, version, table)) {
        if (!one.isFor(rules)) {
          known.remove(i);
          return Optional.empty();
        }
        if (i > 0) {
          known.remove(i);
          known.addFirst(one);
        }
        return Optional.of(new Samples.Slotted(table, one.slots()));
      }
    }
    return Optional.empty();
  }

  /// Remembers a layout.
  ///
  /// @param slots the slot of each of its series under these rules
  void learn(BodyLayout layout, int[] slots, HostRules rules) {
    if (known.size() == MOST) {
      known.removeLast();
    }
    known.addFirst(new Known(layout, slots, rules, rules.slotsVersion()));
  }
}
