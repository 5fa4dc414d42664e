package io.fleetward.agent.collector.systemd;

import io.fleetward.agent.dbus.MalformedMessageException;
import io.fleetward.agent.dbus.Values;
import io.fleetward.agent.series.Slot;

/// A number that a unit tells; what systemd counts in microseconds (type `t`) is told in seconds.
/// Confined to the collecting thread.
final class UnitProperty {
  private static final double MICROSECONDS = 1e6;

  private final Slot slot;
  private final char type;
  private final Question question;
  private double value = Double.NaN;

  /// @param type `u` or `t`, as D-Bus names it
  UnitProperty(Slot slot, String path, String kind, String name, char type) {
    this.slot = slot;
    this.type = type;
    this.question = Question.ofUnitProperty(path, kind, name, this::take);
  }

  Question question() {
    return question;
  }

  private void take(Values values) throws MalformedMessageException {
    Question.enter(values, type);
    value = type == 't' ? values.nextLong() / MICROSECONDS : values.nextUnsignedInt();
  }

  void tell() {
    slot.setIfKnown(value);
  }
}
