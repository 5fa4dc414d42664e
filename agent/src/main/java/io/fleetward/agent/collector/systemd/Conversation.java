package io.fleetward.agent.collector.systemd;

import io.fleetward.agent.dbus.BusConnection;
import io.fleetward.agent.dbus.Message;
import io.fleetward.agent.linux.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Questions that were asked over one connection, and their answers. Confined to the collecting
/// thread.
final class Conversation implements AutoCloseable {
  private static final String NOBODY = "org.freedesktop.DBus.Error.ServiceUnknown";
  private static final String NO_OWNER = "org.freedesktop.DBus.Error.NameHasNoOwner";

  private final BusConnection connection;
  private final Consumer<Fields> changed;
  private final Message message = new Message();
  private final List<Question> asked = new ArrayList<>();
  private int firstSerial;
  private int unanswered;
  private boolean isNobodyThere;

  /// @param changed hears the paths of objects that have told that they changed
  Conversation(BusConnection connection, Consumer<Fields> changed) {
    this.connection = connection;
    this.changed = changed;
  }

  void ask(Question question, long deadline) throws IOException {
    int serial = connection.send(question.call(), deadline);
    if (asked.isEmpty()) {
      firstSerial = serial;
    }
    asked.add(question);
    unanswered++;
  }

  /// Takes answers until none is missing or time is up; answers may make more be asked.
  ///
  /// @return whether none is missing
  boolean listen(long deadline) throws IOException {
    connection.flush(deadline);
    while (unanswered > 0) {
      if (!connection.receive(message, deadline)) {
        return false;
      }
      take();
    }
    asked.clear();
    return true;
  }

  private void take() throws IOException {
    if (message.isSignal()) {
      changed.accept(message.path());
    }
    int place = message.answers() - firstSerial;
    if (message.answers() == 0 || place < 0 || place >= asked.size()) {
      return;
    }
    unanswered--;
    if (!message.isError()) {
      asked.get(place).answer().take(message.body());
    } else {
      // an error for a unit that has gone meanwhile says nothing about the others
      String name = message.errorName();
      isNobodyThere |= name.equals(NOBODY) || name.equals(NO_OWNER);
      if (name.endsWith(".AccessDenied")) {
        throw new IOException("systemd does not answer us: " + name);
      }
    }
  }

  /// Whether the bus has said that systemd is not on it.
  boolean isNobodyThere() {
    return isNobodyThere;
  }

  boolean isWaiting() {
    return unanswered > 0;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
