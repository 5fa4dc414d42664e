package io.fleetward.protocol.messages;

/// The DSSE payload types of signed messages. A host runs only what says it is a plan.
public final class PayloadTypes {
  public static final String PLAN = "application/vnd.fleetward.plan.v1+json";
  public static final String OUTCOME = "application/vnd.fleetward.outcome.v1+json";
  public static final String REHEARSAL = "application/vnd.fleetward.rehearsal.v1+json";
  public static final String REHEARSAL_ANSWER =
      "application/vnd.fleetward.rehearsal-answer.v1+json";
  public static final String HEARTBEAT = "application/vnd.fleetward.heartbeat.v1+json";
  public static final String ENROLMENT = "application/vnd.fleetward.enrolment.v1+json";

  private PayloadTypes() {}
}
