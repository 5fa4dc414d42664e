package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.Received;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.desk.RemediationView.ApprovalView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fleetward remediations [ID]`.
@Command(
    name = "remediations",
    description = "Lists remediations, or shows one with the decisions of people about it.",
    mixinStandardHelpOptions = true)
final class RemediationsCommand extends OperatorCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The remediation to show.")
  private @Nullable String id;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only these, such as awaiting-approval.")
  private @Nullable String state;

  @Option(names = "--json", description = "Prints the service's JSON.")
  private boolean json;

  RemediationsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    if (id == null) {
      Received<List<RemediationView>> found = client.remediations(Optional.ofNullable(state));
      if (json) {
        output.json(found.json());
      } else {
        list(found.value(), output);
      }
      return;
    }
    if (state != null) {
      throw new BadInputException("--state is for lists; leave it out when an ID is given");
    }
    Received<RemediationView> found = client.remediation(id);
    if (json) {
      output.json(found.json());
    } else {
      show(found.value(), output);
    }
  }

  private static void list(List<RemediationView> remediations, Output output) {
    if (remediations.isEmpty()) {
      output.line("no remediations");
      return;
    }
    Table table = new Table("", "ID", "STATE", "INSTANCE", "PROPOSED", "ACTION");
    for (RemediationView remediation : remediations) {
      table.row(
          remediation.id(),
          remediation.state(),
          remediation.instance(),
          output.shortTime(remediation.proposedAt()),
          "%s %s".formatted(remediation.action(), Output.labels(remediation.parameters())));
    }
    output.table(table);
  }

  static void show(RemediationView remediation, Output output) {
    output.line("%s  %s".formatted(remediation.id(), remediation.action()));
    output.field("parameters", Output.labels(remediation.parameters()));
    output.field("instance", remediation.instance());
    output.field("incident", remediation.incident());
    output.field("risk", remediation.risk());
    output.field("state", stateOf(remediation));
    output.field("policy", remediation.policy());
    output.field("requester", remediation.requester());
    output.field("proposal", remediation.proposalHash());
    output.field("proposed", output.time(remediation.proposedAt()));
    Instant expiresAt = remediation.expiresAt();
    if (expiresAt != null) {
      output.field("expires", output.time(expiresAt));
    }
    long approved =
        remediation.approvals().stream().filter(a -> a.decision().equals("approve")).count();
    output.field("approvals", "%d of %d".formatted(approved, remediation.approvalsNeeded()));
    for (ApprovalView approval : remediation.approvals()) {
      output.line(
          "    %s  %s %s: %s"
              .formatted(
                  output.time(approval.at()),
                  approval.person(),
                  approval.decision(),
                  approval.reason()));
    }
  }

  private static String stateOf(RemediationView remediation) {
    return remediation.stateDetail().isEmpty()
        ? remediation.state()
        : "%s: %s".formatted(remediation.state(), remediation.stateDetail());
  }
}
