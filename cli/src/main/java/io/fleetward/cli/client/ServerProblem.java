package io.fleetward.cli.client;

import java.util.List;

/// Why the service refused, in its own words (RFC 9457).
public record ServerProblem(
    String type, String title, int status, String detail, List<Violation> errors) {
  public ServerProblem {
    errors = List.copyOf(errors);
  }

  public record Violation(String where, String what) {}
}
