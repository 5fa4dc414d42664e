package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.ServerUnreachableException;
import io.fleetward.cli.demo.Fault;
import io.fleetward.cli.demo.RunawayProcess;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.cli.machine.MachineTokens;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.RemediationView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo's path with real processes, and the service killed twice on the way: after the alert
/// fired, and as soon as the approval was given. There has to be one action, not two, not none.
class RepairSurvivesKillTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void oneActionThoughTheServiceIsKilledBetweenFiringAndDispatch() throws Exception {
    MachineFiles files = MachineFiles.prepare(folder, "host-1");
    allowToEnd(files, RunawayProcess.executable(folder));
    MachineTokens tokens = MachineTokens.prepare(files);
    try (Machine machine =
            new Machine(
                new Installation(Path.of("..").toAbsolutePath().normalize(), null),
                files,
                MachinePorts.free(),
                Duration.ofSeconds(1));
        FleetwardClient client = new FleetwardClient(machine.serviceUri(), tokens.approver())) {
      machine.startBroker();
      machine.startService();
      machine.startAgent();
      await("the model is trained", () -> trained(machine));
      try (RunawayProcess runaway = RunawayProcess.start(Fault.CPU, folder)) {
        await("a proposal", () -> proposal(client, runaway.pid()));

        machine.killService();
        machine.startService();
        // the one shown before if it had reached the disk, else the one made again
        RemediationView proposed =
            await("the proposal after the kill", () -> proposal(client, runaway.pid()));
        client.decide(proposed.id(), Verdict.APPROVE, "acceptance test");
        machine.killService();
        machine.startService();

        RemediationView ended =
            await("the end", () -> ended(client, proposed.id()), () -> situation(client, proposed));
        assertThat(ended.state()).as(ended.stateDetail()).isEqualTo("verified");
        assertThat(runaway.isAlive()).isFalse();
      }
      assertThat(executedPlans(machine, files)).hasSize(1);
      assertThat(signedPlans(machine, files, "service")).hasSize(1);
      assertThat(firings(machine)).hasSize(1);
    }
  }

  private static void allowToEnd(MachineFiles files, Path executable) throws IOException {
    Files.writeString(
        files.allowList().resolve("end-process.yaml"),
        """
        action: end-process
        executables: ['%s']
        uids: [%s]
        budget: { at_most: 3, per: 1h }
        """
            .formatted(
                executable.toString().replaceAll("[.+*?()|^$]", "\\\\$0"),
                Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
  }

  private static Optional<Boolean> trained(Machine machine) {
    return MetricsPage.of(machine.serviceUri())
            .contains("fleetward_scoring_model_hosts{model=\"host\",state=\"trained\"} 1")
        ? Optional.of(true)
        : Optional.empty();
  }

  private static Optional<RemediationView> proposal(FleetwardClient client, long pid) {
    return client.remediations(Optional.of("awaiting-approval")).value().stream()
        .filter(remediation -> Long.toString(pid).equals(remediation.parameters().get("pid")))
        .findFirst();
  }

  private static Optional<RemediationView> ended(FleetwardClient client, String id) {
    try {
      return Optional.of(client.remediation(id).value())
          .filter(now -> Set.of("verified", "escalated", "superseded").contains(now.state()));
    } catch (ServerUnreachableException _) {
      // it was killed a moment ago
      return Optional.empty();
    }
  }

  /// Plans that the host began to carry out.
  private static Set<String> executedPlans(Machine machine, MachineFiles files) throws IOException {
    String hostKey = Files.readString(files.folder().resolve("keys/host.key"));
    TrustedKeys hosts =
        new TrustedKeys(List.of(SigningKey.fromPem("host-1", hostKey).trustedKey()));
    Set<String> plans = new HashSet<>();
    for (byte[] payload : opened(machine, Topics.OUTCOMES, hosts, PayloadTypes.OUTCOME)) {
      if (MessageCodec.decode(payload, Outcome.class) instanceof Decoded.Message(Outcome outcome)
          && outcome.status() == Outcome.Status.STARTED) {
        plans.add(outcome.plan());
      }
    }
    return plans;
  }

  private static Set<String> signedPlans(Machine machine, MachineFiles files, String key)
      throws IOException {
    TrustedKeys services = TrustedKeys.read(files.folder().resolve("trusted-keys"));
    assertThat(services.size()).as("keys such as %s", key).isEqualTo(1);
    Set<String> plans = new HashSet<>();
    for (byte[] payload : opened(machine, Topics.PLANS, services, PayloadTypes.PLAN)) {
      if (MessageCodec.decode(payload, Plan.class) instanceof Decoded.Message(Plan plan)) {
        plans.add(plan.id());
      }
    }
    return plans;
  }

  private static List<byte[]> opened(
      Machine machine, String topic, TrustedKeys keys, String payloadType) {
    return TopicReader.readAll(machine.brokerAddress(), topic).stream()
        .map(record -> keys.open(record.value(), payloadType))
        .filter(Opened.Trusted.class::isInstance)
        .map(trusted -> ((Opened.Trusted) trusted).payload())
        .toList();
  }

  /// The moments at which the runaway's alert began to fire, as all messages together tell it.
  private static Set<Instant> firings(Machine machine) {
    Set<Instant> firings = new HashSet<>();
    for (var record : TopicReader.readAll(machine.brokerAddress(), Topics.ALERTS)) {
      if (MessageCodec.decode(record.value(), AlertMessage.class)
              instanceof Decoded.Message(AlertMessage alert)
          && alert.labels().getOrDefault("comm", "").startsWith("fw-runaway")
          && alert.labels().containsValue("HostProcessRunawayCpu")
          && alert.state() instanceof State.Firing(_, Instant firedAt)) {
        firings.add(firedAt);
      }
    }
    return firings;
  }

  private static String situation(FleetwardClient client, RemediationView remediation) {
    return client.remediation(remediation.id()).json()
        + "\n"
        + client.incident(remediation.incident()).json();
  }

  private static <T> T await(String what, Supplier<Optional<T>> question)
      throws InterruptedException {
    return await(what, question, () -> "nothing is known");
  }

  private static <T> T await(
      String what, Supplier<Optional<T>> question, Supplier<String> situation)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(LIMIT);
    while (Instant.now().isBefore(deadline)) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      Thread.sleep(200);
    }
    return fail("waited for %s in vain:\n%s", what, situation.get());
  }
}
