package io.fleetward.service.store;

import io.fleetward.remediation.proposal.Claim;
import io.fleetward.remediation.proposal.Proposal;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The plans that were made, for caps and cooldowns (I7). Confined to one transaction.
public final class AttemptTable {
  private final Handle handle;

  AttemptTable(Handle handle) {
    this.handle = handle;
  }

  public void add(String plan, String remediation, Proposal proposal, Instant at) {
    Claim claim = proposal.claim();
    handle
        .createUpdate(
            """
            INSERT INTO attempt (plan, remediation, instance, alert_name, policy, incident, alert, at)
            VALUES (:plan, :remediation, :instance, :alert_name, :policy, :incident, :alert, :at)
            """)
        .bind("plan", plan)
        .bind("remediation", remediation)
        .bind("instance", proposal.instance())
        .bind("alert_name", claim.alertName())
        .bind("policy", proposal.policy())
        .bind("incident", claim.incident())
        .bind("alert", claim.alert())
        .bind("at", at.toEpochMilli())
        .execute();
  }

  public void end(String plan, Instant at) {
    handle
        .createUpdate("UPDATE attempt SET ended_at = :at WHERE plan = :plan")
        .bind("plan", plan)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /// Forgets a plan that no host can have got.
  public void forget(String plan) {
    handle.createUpdate("DELETE FROM attempt WHERE plan = :plan").bind("plan", plan).execute();
  }

  /// How many plans a host got for an alert's name since a time.
  public int count(Proposal proposal, Instant since) {
    return handle
        .createQuery(
            "SELECT count(*) FROM attempt WHERE instance = :instance AND alert_name = :alert_name AND at >= :since")
        .bind("instance", proposal.instance())
        .bind("alert_name", proposal.claim().alertName())
        .bind("since", since.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  /// When the policy last acted on the host for another alert or incident.
  public Optional<Instant> lastForOthers(Proposal proposal) {
    return handle
        .createQuery(
            """
            SELECT max(coalesce(ended_at, at)) FROM attempt WHERE instance = :instance
              AND policy = :policy AND NOT (incident = :incident AND alert = :alert)
            """)
        .bind("instance", proposal.instance())
        .bind("policy", proposal.policy())
        .bind("incident", proposal.claim().incident())
        .bind("alert", proposal.claim().alert())
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /// When an action last ended on a host, whoever asked for it.
  public Optional<Instant> lastEndOn(String instance) {
    return handle
        .createQuery("SELECT max(ended_at) FROM attempt WHERE instance = :instance")
        .bind("instance", instance)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }
}
