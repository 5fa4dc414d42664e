package io.fleetward.service.store;

import io.fleetward.remediation.proposal.Approval;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// People's decisions on remediations. Confined to one transaction.
public final class ApprovalTable {
  private final Handle handle;

  ApprovalTable(Handle handle) {
    this.handle = handle;
  }

  /// @param decision `approve` or `reject`
  public record Row(String decision, Approval approval) {}

  public void add(String remediation, Row row) {
    Approval approval = row.approval();
    handle
        .createUpdate(
            """
            INSERT INTO approval (remediation, person, decision, reason, proposal_hash, at)
            VALUES (:remediation, :person, :decision, :reason, :proposal_hash, :at)
            """)
        .bind("remediation", remediation)
        .bind("person", approval.person())
        .bind("decision", row.decision())
        .bind("reason", approval.reason())
        .bind("proposal_hash", approval.proposalHash())
        .bind("at", approval.at().toEpochMilli())
        .execute();
  }

  /// Decisions, oldest first.
  public List<Row> of(String remediation) {
    return handle
        .createQuery("SELECT * FROM approval WHERE remediation = :remediation ORDER BY id")
        .bind("remediation", remediation)
        .map((row, _) ->
            new Row(
                row.getString("decision"),
                new Approval(
                    row.getString("person"),
                    row.getString("proposal_hash"),
                    row.getString("reason"),
                    Instant.ofEpochMilli(row.getLong("at")))))
        .list();
  }
}
