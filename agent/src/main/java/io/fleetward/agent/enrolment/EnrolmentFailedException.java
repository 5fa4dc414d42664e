package io.fleetward.agent.enrolment;

/// A host could not be enrolled; the message says why and what to do.
public final class EnrolmentFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Whose turn it is.
  public enum Reason {
    /// What was asked for makes no sense here.
    BAD_INPUT,
    /// Nobody answered.
    UNREACHABLE,
    /// The service said no.
    REFUSED
  }

  private final Reason reason;

  EnrolmentFailedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
