package io.fleetward.agent.collector.systemd;

import io.fleetward.agent.dbus.MalformedMessageException;
import io.fleetward.agent.dbus.MethodCall;
import io.fleetward.agent.dbus.Values;
import java.util.List;

/// A call that is asked again and again, and what becomes of its answer.
record Question(MethodCall call, Answer answer) {
  private static final String SYSTEMD = "org.freedesktop.systemd1";
  private static final String MANAGER_PATH = "/org/freedesktop/systemd1";
  private static final String MANAGER = "org.freedesktop.systemd1.Manager";
  private static final String PROPERTIES = "org.freedesktop.DBus.Properties";

  /// Takes what the other side has answered.
  @FunctionalInterface
  interface Answer {
    void take(Values values) throws MalformedMessageException;
  }

  /// A call of systemd's manager without arguments.
  static Question ofManager(String method, Answer answer) {
    return new Question(MethodCall.of(SYSTEMD, MANAGER_PATH, MANAGER, method, List.of()), answer);
  }

  /// A property of systemd's manager.
  static Question ofManagerProperty(String property, Answer answer) {
    return ofProperty(MANAGER_PATH, MANAGER, property, answer);
  }

  /// A property of a unit.
  ///
  /// @param kind such as `Service`
  static Question ofUnitProperty(String path, String kind, String property, Answer answer) {
    return ofProperty(path, "org.freedesktop.systemd1." + kind, property, answer);
  }

  private static Question ofProperty(
      String path, String interfaceName, String property, Answer answer) {
    return new Question(
        MethodCall.of(SYSTEMD, path, PROPERTIES, "Get", List.of(interfaceName, property)), answer);
  }

  /// Asks the bus for the signals by which services tell that they have changed.
  static Question forSignalsOfServices() {
    return new Question(
        MethodCall.of(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "AddMatch",
            List.of(
                "type='signal',interface='org.freedesktop.DBus.Properties',"
                    + "member='PropertiesChanged',"
                    + "path_namespace='/org/freedesktop/systemd1/unit',"
                    + "arg0='org.freedesktop.systemd1.Service'")),
        _ -> {});
  }

  /// Enters the value of a property, which must be of a type.
  static void enter(Values values, char type) throws MalformedMessageException {
    char found = values.nextVariant();
    if (found != type) {
      throw new MalformedMessageException("property of type %s, not %s".formatted(found, type));
    }
  }
}
