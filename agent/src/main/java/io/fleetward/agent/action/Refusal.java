package io.fleetward.agent.action;

import java.util.Locale;

/// Why a host would not run a plan; nothing was changed.
public enum Refusal {
  /// The bytes are no envelope, or the envelope holds no plan.
  MALFORMED,
  /// The envelope holds something else than a plan.
  WRONG_TYPE,
  UNSIGNED,
  /// No signature by a key that this host trusts.
  UNTRUSTED,
  NOT_FOR_ME,
  /// For a host of the same name that has another key.
  OTHER_HOST,
  STOP_FILE,
  /// Somebody works on this host.
  MAINTENANCE,
  /// The broker's time is unknown, or more than 30 s from the host's.
  CLOCK_SKEW,
  /// Its lifetime is over, or it arrived in the log too long ago.
  EXPIRED,
  /// Issued more than 30 s from now.
  FROM_THE_FUTURE,
  /// Issued before this host began to remember nonces.
  OLDER_THAN_JOURNAL,
  REPLAYED,
  /// No fresh, signed heartbeat of a service.
  NO_HEARTBEAT,
  PAUSED,
  UNKNOWN_ACTION,
  /// A parameter is missing, unknown, or not as the allow-list wants it.
  PARAMETER_PATTERN,
  BUDGET,
  PRECONDITION,
  /// The process may never be ended, or its user's processes may not.
  PROTECTED,
  /// The process that was meant is not there any more, or is another now.
  TARGET_GONE,
  /// Another plan is being run, or too many wait.
  BUSY,
  ALLOW_LIST_INVALID,
  JOURNAL_DAMAGED,
  /// The runner could not be started or ended without an outcome, before anything was begun.
  RUNNER_FAILED;

  /// As it stands in outcomes and metrics, such as `unknown-action`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Refusal of(String envelopeCode) {
    return switch (envelopeCode) {
      case "wrong-type" -> WRONG_TYPE;
      case "unsigned" -> UNSIGNED;
      case "untrusted" -> UNTRUSTED;
      default -> MALFORMED;
    };
  }
}
