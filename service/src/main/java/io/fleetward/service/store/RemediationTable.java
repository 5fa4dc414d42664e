package io.fleetward.service.store;

import io.fleetward.remediation.lifecycle.Remediation;
import io.fleetward.remediation.lifecycle.Remediation.Phase;
import io.fleetward.remediation.proposal.Proposal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Remediations. Confined to one transaction.
public final class RemediationTable {
  private final Handle handle;

  RemediationTable(Handle handle) {
    this.handle = handle;
  }

  /// @param proposalHash as it was when the proposal was made
  public record Row(Remediation remediation, String proposalHash) {}

  /// What keeps a second one from being opened: its target and policy while it may still act,
  /// itself while it only shows something, nothing once it is closed.
  private static Optional<String> openKey(Remediation remediation) {
    Proposal proposal = remediation.dossier().proposal();
    if (remediation.phase() == Phase.CLOSED) {
      return Optional.empty();
    }
    return Optional.of(
        remediation instanceof Remediation.Proposed
            ? "shown:" + remediation.dossier().id()
            : targetKey(proposal.instance(), proposal.policy()));
  }

  private static String targetKey(String instance, String policy) {
    return "%d:%s:%s".formatted(instance.length(), instance, policy);
  }

  public void insert(Remediation remediation) {
    Proposal proposal = remediation.dossier().proposal();
    handle
        .createUpdate(
            """
            INSERT INTO remediation (id, open_key, incident, instance, policy, policy_version, alert,
              episode, state, phase, proposal_hash, proposed_at, document)
            VALUES (:id, :open_key, :incident, :instance, :policy, :policy_version, :alert,
              :episode, :state, :phase, :proposal_hash, :proposed_at, :document)
            """)
        .bind("id", remediation.dossier().id())
        .bindByType("open_key", openKey(remediation).orElse(null), String.class)
        .bind("incident", proposal.claim().incident())
        .bind("instance", proposal.instance())
        .bind("policy", proposal.policy())
        .bind("policy_version", proposal.policyVersion())
        .bind("alert", proposal.claim().alert())
        .bind("episode", proposal.claim().activeAt().toString())
        .bind("state", remediation.stateName())
        .bind("phase", remediation.phase().name())
        .bind("proposal_hash", proposal.hash())
        .bind("proposed_at", remediation.dossier().proposedAt().toEpochMilli())
        .bind("document", Documents.write(remediation))
        .execute();
  }

  public void update(Remediation remediation) {
    handle
        .createUpdate(
            """
            UPDATE remediation SET open_key = :open_key, state = :state, phase = :phase,
              document = :document WHERE id = :id
            """)
        .bind("id", remediation.dossier().id())
        .bindByType("open_key", openKey(remediation).orElse(null), String.class)
        .bind("state", remediation.stateName())
        .bind("phase", remediation.phase().name())
        .bind("document", Documents.write(remediation))
        .execute();
  }

  public Optional<Row> find(String id) {
    return handle
        .createQuery("SELECT * FROM remediation WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> row(row))
        .findOne();
  }

  /// The remediation that a plan was made for.
  public Optional<Row> ofPlan(String plan) {
    return handle
        .createQuery(
            "SELECT r.* FROM remediation r JOIN attempt a ON a.remediation = r.id WHERE a.plan = :plan")
        .bind("plan", plan)
        .map((row, _) -> row(row))
        .findOne();
  }

  /// The last that the policy, as it is now, has proposed in this episode of an alert.
  public Optional<Remediation> lastLike(Proposal proposal) {
    return handle
        .createQuery(
            """
            SELECT * FROM remediation WHERE alert = :alert AND policy = :policy
              AND policy_version = :policy_version AND episode = :episode
              ORDER BY proposed_at DESC, entered DESC LIMIT 1
            """)
        .bind("alert", proposal.claim().alert())
        .bind("policy", proposal.policy())
        .bind("policy_version", proposal.policyVersion())
        .bind("episode", proposal.claim().activeAt().toString())
        .map((row, _) -> row(row).remediation())
        .findOne();
  }

  /// Id of the one that keeps another from being opened on the same target by the same policy.
  public Optional<String> openOn(String instance, String policy) {
    return handle
        .createQuery("SELECT id FROM remediation WHERE open_key = :key")
        .bind("key", targetKey(instance, policy))
        .mapTo(String.class)
        .findOne();
  }

  /// Those that are not closed and claim an alert, oldest first.
  public List<Row> openOfAlert(String alert) {
    return handle
        .createQuery(
            "SELECT * FROM remediation WHERE alert = :alert AND open_key IS NOT NULL ORDER BY proposed_at, entered")
        .bind("alert", alert)
        .map((row, _) -> row(row))
        .list();
  }

  /// Those of a phase, oldest first.
  public List<Row> inPhase(Phase phase) {
    return handle
        .createQuery("SELECT * FROM remediation WHERE phase = :phase ORDER BY proposed_at, entered")
        .bind("phase", phase.name())
        .map((row, _) -> row(row))
        .list();
  }

  /// Those whose next move time alone may bring, oldest first.
  public List<Row> timed() {
    return handle
        .createQuery(
            """
            SELECT * FROM remediation WHERE phase = 'UNDER_WAY'
              OR (phase = 'WAITING' AND state <> 'proposed') ORDER BY proposed_at, entered
            """)
        .map((row, _) -> row(row))
        .list();
  }

  /// Ids of others with an action under way on a host.
  public List<String> actingOn(String instance, String except) {
    return handle
        .createQuery(
            "SELECT id FROM remediation WHERE phase = 'UNDER_WAY' AND instance = :instance AND id <> :except ORDER BY id")
        .bind("instance", instance)
        .bind("except", except)
        .mapTo(String.class)
        .list();
  }

  /// Hosts on which others of a policy have an action under way.
  public List<String> hostsActedOnBy(String policy, String except) {
    return handle
        .createQuery(
            "SELECT DISTINCT instance FROM remediation WHERE phase = 'UNDER_WAY' AND policy = :policy AND id <> :except")
        .bind("policy", policy)
        .bind("except", except)
        .mapTo(String.class)
        .list();
  }

  public List<String> idsOf(String incident) {
    return handle
        .createQuery(
            "SELECT id FROM remediation WHERE incident = :incident ORDER BY proposed_at, entered")
        .bind("incident", incident)
        .mapTo(String.class)
        .list();
  }

  /// Remediations, newest first.
  ///
  /// @param state only those in this state; empty for all
  public List<Row> list(Optional<String> state, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM remediation WHERE %s ORDER BY proposed_at DESC, entered DESC LIMIT :limit"
                .formatted(state.isPresent() ? "state = :state" : ":state = ''"))
        .bind("state", state.orElse(""))
        .bind("limit", limit)
        .map((row, _) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        Documents.read(row.getString("document"), Remediation.class),
        row.getString("proposal_hash"));
  }
}
