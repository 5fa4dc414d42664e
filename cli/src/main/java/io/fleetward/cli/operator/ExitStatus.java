package io.fleetward.cli.operator;

import io.fleetward.cli.client.ServerProblem;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an operator's command exits with.
public final class ExitStatus {
  public static final int DONE = 0;

  /// What was asked for does not exist.
  public static final int NEGATIVE = 1;

  public static final int BAD_INPUT = 2;
  public static final int UNREACHABLE = 4;
  public static final int REFUSED = 5;

  private ExitStatus() {}

  /// What each status means, for help texts, in order.
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "done");
    meanings.put("1", "what was asked for does not exist");
    meanings.put("2", "bad input");
    meanings.put("4", "the service cannot be reached, or cannot answer now");
    meanings.put(
        "5", "refused: a wrong token, a role that is missing, or a decision already taken");
    return meanings;
  }

  static int of(ServerProblem problem) {
    return switch (problem.status()) {
      case 401, 403, 409 -> REFUSED;
      case 404 -> NEGATIVE;
      default -> problem.status() >= 500 ? UNREACHABLE : BAD_INPUT;
    };
  }
}
