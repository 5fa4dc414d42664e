package io.fleetward.cli.operator;

import io.fleetward.cli.client.ServerProblem;

/// What an operator's command exits with.
public final class ExitStatus {
  public static final int DONE = 0;

  /// What was asked for does not exist.
  public static final int NEGATIVE = 1;

  public static final int BAD_INPUT = 2;
  public static final int UNREACHABLE = 4;
  public static final int REFUSED = 5;

  private ExitStatus() {}

  static int of(ServerProblem problem) {
    return switch (problem.status()) {
      case 401, 403, 409 -> REFUSED;
      case 404 -> NEGATIVE;
      default -> problem.status() >= 500 ? UNREACHABLE : BAD_INPUT;
    };
  }
}
