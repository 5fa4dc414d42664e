package io.fleetward.service.store;

import org.jdbi.v3.core.Handle;

/// All tables of the control side within one transaction. Confined to the thread that runs it.
public final class Ledger {
  private final Handle handle;

  Ledger(Handle handle) {
    this.handle = handle;
  }

  public IncidentTable incidents() {
    return new IncidentTable(handle);
  }

  public AlertTable alerts() {
    return new AlertTable(handle);
  }

  public TimelineTable timeline() {
    return new TimelineTable(handle);
  }

  public FaultTable faults() {
    return new FaultTable(handle);
  }

  public RemediationTable remediations() {
    return new RemediationTable(handle);
  }

  public ApprovalTable approvals() {
    return new ApprovalTable(handle);
  }

  public TraceTable traces() {
    return new TraceTable(handle);
  }

  public OutboxTable outbox() {
    return new OutboxTable(handle);
  }

  public AttemptTable attempts() {
    return new AttemptTable(handle);
  }

  public OutcomeTable outcomes() {
    return new OutcomeTable(handle);
  }

  public PauseTable pauses() {
    return new PauseTable(handle);
  }

  public HostTable hosts() {
    return new HostTable(handle);
  }

  public HostKeyTable hostKeys() {
    return new HostKeyTable(handle);
  }

  public EnrolmentTokenTable enrolmentTokens() {
    return new EnrolmentTokenTable(handle);
  }

  public ModelVersionTable modelVersions() {
    return new ModelVersionTable(handle);
  }

  public ModelHistoryTable modelHistory() {
    return new ModelHistoryTable(handle);
  }

  public TrainingTable training() {
    return new TrainingTable(handle);
  }
}
