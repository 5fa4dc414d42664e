package io.fleetward.agent.collector.systemd;

import io.fleetward.agent.dbus.MalformedMessageException;
import io.fleetward.agent.dbus.Values;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One unit: its state, and what else its kind tells. Confined to the collecting thread.
final class Unit {
  static final List<String> STATES =
      List.of("active", "activating", "deactivating", "inactive", "failed");

  private final SeriesTable table;
  private final String name;
  private final Fields text = new Fields("a unit's type");
  private byte[] path = {};
  private int state = -1;
  private boolean hasChanged = true;
  private List<Slot> states = List.of();
  private List<UnitProperty> properties = List.of();
  private List<Question> type = List.of();

  Unit(SeriesTable table, String name) {
    this.table = table;
    this.name = name;
    if (!isService()) {
      states = statesOf("");
    }
  }

  private boolean isService() {
    return name.endsWith(".service");
  }

  private List<Slot> statesOf(String serviceType) {
    return STATES.stream()
        .map(told ->
            table.slot("node_systemd_unit_state", "name", name, "state", told, "type", serviceType))
        .toList();
  }

  /// Takes its line of the list.
  void take(Fields activeState, Fields objectPath) {
    if (!objectPath.hasBytes(path)) {
      String at = objectPath.text();
      path = at.getBytes(StandardCharsets.UTF_8);
      properties = propertiesAt(at);
      type = isService() ? List.of(typeAt(at)) : List.of();
      hasChanged = true;
    }
    int now = -1;
    for (int i = 0; i < STATES.size(); i++) {
      now = activeState.is(STATES.get(i)) ? i : now;
    }
    hasChanged |= now != state;
    state = now;
  }

  private List<UnitProperty> propertiesAt(String at) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "service" -> List.of(property(at, "service_restart_total", "Service", "NRestarts", 'u'));
      case "socket" ->
          List.of(
              property(at, "socket_accepted_connections_total", "Socket", "NAccepted", 'u'),
              property(at, "socket_current_connections", "Socket", "NConnections", 'u'),
              property(at, "socket_refused_connections_total", "Socket", "NRefused", 'u'));
      case "timer" ->
          List.of(property(at, "timer_last_trigger_seconds", "Timer", "LastTriggerUSec", 't'));
      default -> List.of();
    };
  }

  private UnitProperty property(String at, String metric, String kind, String property, char type) {
    return new UnitProperty(
        table.slot("node_systemd_" + metric, "name", name), at, kind, property, type);
  }

  private Question typeAt(String at) {
    return Question.ofUnitProperty(at, "Service", "Type", this::takeType);
  }

  /// A service has no series before its type is known, which is a label.
  private void takeType(Values values) throws MalformedMessageException {
    Question.enter(values, 's');
    values.nextText(text);
    String serviceType = text.text();
    if (states.isEmpty() || !states.getFirst().labels().value("type").equals(serviceType)) {
      states = statesOf(serviceType);
    }
  }

  boolean isAt(Fields objectPath) {
    return objectPath.hasBytes(path);
  }

  /// Has it asked again what is asked only after a change.
  void changed() {
    hasChanged = true;
  }

  /// Asks what may change without notice: services tell when they restart, the others do not tell.
  void askEachTime(Conversation conversation, long deadline) throws IOException {
    if (!isService() && !hasChanged) {
      askProperties(conversation, deadline);
    }
  }

  /// Asks what changes with notice only, if it has.
  void askIfChanged(Conversation conversation, long deadline) throws IOException {
    if (hasChanged) {
      hasChanged = false;
      askProperties(conversation, deadline);
      for (int i = 0; i < type.size(); i++) {
        conversation.ask(type.get(i), deadline);
      }
    }
  }

  private void askProperties(Conversation conversation, long deadline) throws IOException {
    for (int i = 0; i < properties.size(); i++) {
      conversation.ask(properties.get(i).question(), deadline);
    }
  }

  void tell() {
    for (int i = 0; i < states.size(); i++) {
      states.get(i).set(i == state ? 1 : 0);
    }
    for (int i = 0; i < properties.size(); i++) {
      properties.get(i).tell();
    }
  }
}
