package io.fleetward.service.desk;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.service.desk.Desk.Person;
import java.util.List;

/// Where people put changed files in force. Thread safe; calls read files and wait for the
/// database, so never call it on an event loop.
public interface ConfigurationDesk {
  /// Reads rules, models, policies and actions again and puts them in force together, or none.
  Reloaded reload(Person person);

  /// What came of it.
  sealed interface Reloaded {
    /// @param version of what is in force now
    /// @param changed false if the files say what was in force already
    record InForce(String version, boolean changed) implements Reloaded {}

    /// The files cannot be used; what was in force stays.
    record Refused(List<Problem> problems) implements Reloaded {
      public Refused {
        problems = List.copyOf(problems);
      }
    }

    /// Not just now; what was in force stays.
    record Postponed(String reason) implements Reloaded {}
  }
}
