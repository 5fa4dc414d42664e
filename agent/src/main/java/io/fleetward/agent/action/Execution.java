package io.fleetward.agent.action;

import io.fleetward.protocol.messages.Outcome.Status;
import java.util.Map;

/// What came of executing an action.
///
/// @param detail for a person
/// @param before the independent signal before, by name; empty if there is none
/// @param after the same afterwards
record Execution(
    Status status,
    String detail,
    Map<String, String> before,
    Map<String, String> after,
    String output) {
  Execution {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }
}
