package io.fleetward.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.acceptance.process.Ended;
import io.fleetward.acceptance.process.Launched;
import io.fleetward.acceptance.process.Web;
import io.fleetward.acceptance.process.Web.Answer;
import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.cli.machine.MachineTokens;
import io.fleetward.models.registry.Provenance.LearntHost;
import io.fleetward.models.specification.ModelFiles;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.access.Role;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import io.fleetward.service.desk.ModelClassView;
import io.fleetward.service.desk.RemediationView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decisions of people: those that they cannot take are refused with their reason, and change
/// nothing. Beside them, since they share the machine, what comes of rows for training.
class DecisionsTest {
  private static final String HOST = "host-1";
  private static final String BOOT = "3f9d2c60-1c1e-4b7a-9a55-6f1d1f0c2b11";
  private static final String MODEL = "host-stream";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static MachineTokens approver;
  private static Path viewerFile;
  private static Machine machine;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    MachineFiles files = MachineFiles.prepare(folder.resolve("data"), HOST);
    approver = MachineTokens.prepare(files);
    NewToken viewer = Tokens.create("viewer", Set.of(Role.VIEWER));
    TokensFile.add(files.tokens(), viewer.entry());
    viewerFile = Files.writeString(folder.resolve("viewer.token"), viewer.secret());
    machine =
        new Machine(Installation.current(), files, MachinePorts.free(), Duration.ofSeconds(1));
    machine.startBroker();
    machine.startService();
  }

  @AfterAll
  static void stop() {
    machine.close();
  }

  @Test
  void aWrongToken() throws IOException, InterruptedException {
    Path wrong = Files.writeString(folder.resolve("wrong.token"), "flw_wrong\n");
    Ended ended = decide("approve", wrong, "no-such-remediation");
    Answer answer = Web.get(machine.serviceUri().resolve("/api/v1/remediations"), "flw_wrong");

    assertThat(ended.status()).as(ended.output()).isEqualTo(5);
    assertThat(ended.message())
        .isEqualTo(
            "A valid token is needed: this token is not known; check it, or make a new one with fleetward token\n");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void anUnknownRemediation() throws InterruptedException {
    Ended ended = decide("approve", approver.approverFile(), "no-such-remediation");
    Answer answer =
        Web.post(
            machine.serviceUri().resolve("/api/v1/remediations/no-such-remediation/approvals"),
            approver.approver(),
            """
            {"decision": "approve", "reason": "seen it"}
            """);

    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(ended.message())
        .isEqualTo(
            "There is no such thing: there is no remediation \"no-such-remediation\"; list what there is with GET /api/v1/remediations\n");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void aRoleThatMayNotDecideAndARemediationThatIsFinished()
      throws InterruptedException, ExecutionException {
    publishFiringAlert();
    try (FleetwardClient client = new FleetwardClient(machine.serviceUri(), approver.approver())) {
      String id = awaitProposal(client).id();

      Ended byViewer = decide("approve", viewerFile, id);
      assertThat(byViewer.status()).as(byViewer.output()).isEqualTo(5);
      assertThat(byViewer.message()).contains("approver");
      assertThat(client.remediation(id).value().state()).isEqualTo("awaiting-approval");

      Ended rejected = decide("reject", approver.approverFile(), id);
      assertThat(rejected.status()).as(rejected.output()).isZero();

      Ended tooLate = decide("approve", approver.approverFile(), id);
      assertThat(tooLate.status()).as(tooLate.output()).isEqualTo(5);
      assertThat(tooLate.message()).contains(id, "rejected");
      assertThat(client.remediation(id).value().state()).isEqualTo("rejected");
    }
  }

  @Test
  void rowsOfHostsBecomeTheChampionOfTheirClassWhichIsTakenBackByName()
      throws InterruptedException, IOException {
    publishRows();
    try (FleetwardClient client = new FleetwardClient(machine.serviceUri(), approver.approver())) {
      ModelClassView trained = awaitChampion(client);
      String champion = String.valueOf(trained.champion());
      assertThat(trained.outcome()).startsWith("version " + champion);
      assertThat(client.modelVersion(MODEL, champion).value().provenance().hosts())
          .extracting(LearntHost::instance)
          .containsExactlyInAnyOrder("web-1", "web-2");

      Ended ended = rollBack(champion);
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(web(client).champion()).isNull();
      assertThat(web(client).versions().getFirst().state()).isEqualTo("rolled-back");

      Ended again = rollBack(champion);
      assertThat(again.status()).as(again.output()).isEqualTo(5);
      assertThat(again.message()).contains(champion);
    }
  }

  private static ModelClassView awaitChampion(FleetwardClient client) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (web(client).champion() == null) {
      assertThat(System.nanoTime()).as("%s", web(client).outcome()).isLessThan(deadline);
      Thread.sleep(100);
    }
    return web(client);
  }

  /// The class as it is known; without versions before it is.
  private static ModelClassView web(FleetwardClient client) {
    return client.models().value().stream()
        .filter(model -> model.name().equals(MODEL))
        .flatMap(model -> model.classes().stream())
        .filter(known -> known.hostClass().equals("web"))
        .findFirst()
        .orElse(new ModelClassView("web", null, null, List.of(), null, null, "no rows yet"));
  }

  private static Ended rollBack(String version) throws InterruptedException {
    try (Launched command =
        Launched.fleetward(
            folder,
            "models",
            "rollback",
            MODEL,
            "--class=web",
            "--version=" + version,
            "--reason=alarms at night",
            "--server=" + machine.serviceUri(),
            "--token-file=" + approver.approverFile())) {
      return command.awaitEnd();
    }
  }

  /// What the scoring side tells of half a day of two hosts, all at once: rows of which only some
  /// have come are too few.
  private static void publishRows() {
    List<String> features =
        ModelFiles.load(List.of(Path.of("../models/packs/host"))).stream()
            .filter(model -> model.name().equals(MODEL))
            .findFirst()
            .orElseThrow()
            .series();
    Random random = new Random(1);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    Instant first = Instant.now().minus(Duration.ofHours(12));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", machine.brokerAddress(), "transactional.id", "rows"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int minute = 0; minute < 720; minute++) {
        for (String instance : List.of("web-1", "web-2")) {
          Map<String, Double> values = new HashMap<>();
          features.forEach(feature -> values.put(feature, random.nextGaussian()));
          FeatureRow row =
              new FeatureRow(
                  instance, MODEL, "web", first.plusSeconds(60L * minute), values, 0.5, false);
          sent.add(
              producer.send(
                  new ProducerRecord<>(Topics.FEATURES, instance, MessageCodec.encode(row))));
        }
      }
      producer.commitTransaction();
      assertThat(sent).allMatch(Future::isDone);
    }
  }

  private static RemediationView awaitProposal(FleetwardClient client) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      List<RemediationView> waiting = client.remediations(Optional.of("awaiting-approval")).value();
      if (!waiting.isEmpty()) {
        return waiting.getFirst();
      }
      assertThat(System.nanoTime()).as("no proposal within %s", LIMIT).isLessThan(deadline);
      Thread.sleep(100);
    }
  }

  /// What the scoring side would say about a runaway process of the host.
  private static void publishFiringAlert() throws InterruptedException, ExecutionException {
    Instant now = Instant.now();
    HostAnnouncement host =
        new HostAnnouncement(
            HOST, "", Map.of(), BOOT, "6.12", "0.1.0", List.of("end-process"), "00", 1000, now);
    AlertMessage alert =
        new AlertMessage(
            HOST,
            Map.of(
                "alertname", "HostProcessRunawayCpu",
                "instance", HOST,
                "pid", "4711",
                "start", "123456",
                "executable", "/usr/bin/burn",
                "uid", "1000",
                "boot_id", BOOT),
            Map.of("summary", "burn uses a core"),
            "host-alerts",
            "up",
            new State.Firing(now, now),
            1.0,
            now,
            now,
            now,
            List.of(),
            "00");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", machine.brokerAddress()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.HOSTS, HOST, MessageCodec.encode(host))).get();
      producer.send(new ProducerRecord<>(Topics.ALERTS, HOST, MessageCodec.encode(alert))).get();
    }
  }

  private static Ended decide(String verb, Path token, String id) throws InterruptedException {
    try (Launched command =
        Launched.fleetward(
            folder,
            verb,
            id,
            "--reason=seen it",
            "--server=" + machine.serviceUri(),
            "--token-file=" + token)) {
      return command.awaitEnd();
    }
  }
}
