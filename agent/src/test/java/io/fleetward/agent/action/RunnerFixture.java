package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A host's files in a folder, and its runner as a real process.
public final class RunnerFixture {
  public static final String INSTANCE = "web-1";
  private static final String OTHER_KEY = "00".repeat(32);

  private final Path folder;
  private final SigningKey service;
  private final TrustedKey host;
  private final Path config;

  private RunnerFixture(Path folder, SigningKey service, TrustedKey host) {
    this.folder = folder;
    this.service = service;
    this.host = host;
    this.config = folder.resolve("agent.properties");
  }

  /// Makes the files; the journal begins now.
  public static RunnerFixture in(Path folder) throws IOException {
    SigningKey.Generated service = SigningKey.generate("service-1");
    SigningKey.Generated host = SigningKey.generate(INSTANCE);
    RunnerFixture fixture = new RunnerFixture(folder, service.signingKey(), host.trustedKey());
    Files.createDirectories(folder.resolve("keys"));
    Files.createDirectories(folder.resolve("actions"));
    Files.writeString(folder.resolve("keys/service-1.pem"), service.trustedKey().toPem());
    Files.writeString(folder.resolve("host.key"), host.signingKey().toPem());
    Files.writeString(
        fixture.config,
        """
        kafka.bootstrap-servers=127.0.0.1:1
        agent.instance=%s
        agent.state=%s/state
        agent.trusted-keys=%s/keys
        agent.host-key=%s/host.key
        agent.actions=%s/actions
        agent.stop-file=%s/stop
        """
            .formatted(INSTANCE, folder, folder, folder, folder, folder));
    // as the daemon's first act has the runner do
    Journal.open(folder.resolve("state"), Instant.now()).orElseThrow().close();
    return fixture;
  }

  public Path folder() {
    return folder;
  }

  /// What the host's key is known by.
  public String hostKey() {
    return host.fingerprint();
  }

  public Path config() {
    return config;
  }

  public void allow(String file, String yaml) throws IOException {
    Files.writeString(folder.resolve("actions").resolve(file), yaml);
  }

  /// Allows `append`, which adds a line to a file and whose evidence is the file's length.
  public RunnerFixture allowAppend() throws IOException {
    allow(
        "append.yaml",
        """
        action: append
        parameters:
          word: { pattern: "[a-z]+" }
        run: ["sh", "-c", "echo $0 >> %s; echo done", "${word}"]
        evidence: ["wc", "-c", "%s"]
        timeout: 10s
        budget: { at_most: 3, per: 1h }
        """
            .formatted(log(), log()));
    Files.writeString(log(), "");
    return this;
  }

  public Path log() {
    return folder.resolve("log");
  }

  /// The lines that `append` has written.
  public List<String> appended() throws IOException {
    return Files.readAllLines(log());
  }

  /// A plan that this host would run if its allow-list has the action.
  public PlanDraft plan(String action, Map<String, String> parameters) {
    return new PlanDraft(
        UUID.randomUUID().toString(),
        INSTANCE,
        hostKey(),
        action,
        parameters,
        UUID.randomUUID().toString(),
        Instant.now(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  public PlanDraft append(String word) {
    return plan("append", Map.of("word", word));
  }

  /// A plan before it is signed.
  public record PlanDraft(
      String id,
      String instance,
      String hostKey,
      String action,
      Map<String, String> parameters,
      String nonce,
      Instant issuedAt,
      Duration lifetime,
      Duration timeout) {
    PlanDraft withId(String other) {
      return new PlanDraft(
          other, instance, hostKey, action, parameters, nonce, issuedAt, lifetime, timeout);
    }

    PlanDraft on(String otherInstance) {
      return new PlanDraft(
          id, otherInstance, hostKey, action, parameters, nonce, issuedAt, lifetime, timeout);
    }

    /// For a host of the same name with another key.
    PlanDraft forAnotherKey() {
      return new PlanDraft(
          id, instance, OTHER_KEY, action, parameters, nonce, issuedAt, lifetime, timeout);
    }

    public PlanDraft issuedAt(Instant at) {
      return new PlanDraft(id, instance, hostKey, action, parameters, nonce, at, lifetime, timeout);
    }

    PlanDraft within(Duration limit) {
      return new PlanDraft(
          id, instance, hostKey, action, parameters, nonce, issuedAt, lifetime, limit);
    }

    PlanDraft withNonce(String other) {
      return new PlanDraft(
          id, instance, hostKey, action, parameters, other, issuedAt, lifetime, timeout);
    }

    byte[] bytes() {
      return MessageCodec.encode(
          new Plan(
              id,
              "remediation-1",
              instance,
              hostKey,
              action,
              parameters,
              "policy@1",
              "00",
              "00",
              nonce,
              issuedAt,
              issuedAt.plus(lifetime),
              timeout));
    }
  }

  public byte[] signed(PlanDraft plan) {
    return signed(service, PayloadTypes.PLAN, plan.bytes());
  }

  public byte[] signed(String type, byte[] payload) {
    return signed(service, type, payload);
  }

  static byte[] signed(SigningKey key, String type, byte[] payload) {
    return MessageCodec.encode(key.sign(type, payload));
  }

  public byte[] heartbeat() {
    return heartbeat(Instant.now(), "");
  }

  /// @param pauseReason empty while not paused
  public byte[] heartbeat(Instant sentAt, String pauseReason) {
    return signed(
        PayloadTypes.HEARTBEAT,
        MessageCodec.encode(
            new Heartbeat("service-1", sentAt, !pauseReason.isEmpty(), pauseReason)));
  }

  /// Runs a plan with a fresh heartbeat and equal clocks.
  List<Outcome> run(PlanDraft plan) throws IOException, InterruptedException {
    return run(signed(plan), heartbeat(), Duration.ZERO);
  }

  List<Outcome> run(byte[] plan, byte[] heartbeat, Duration offset)
      throws IOException, InterruptedException {
    return finish(start(plan, heartbeat, offset));
  }

  /// As [#run], but within this process: only for plans that have to be refused before anything is
  /// started.
  List<Outcome> refuse(PlanDraft plan) throws IOException {
    return refuse(signed(plan), heartbeat(), Duration.ZERO);
  }

  List<Outcome> refuse(byte[] plan, byte[] heartbeat, Duration offset) throws IOException {
    return lines(plan, heartbeat, offset).stream().map(this::verified).toList();
  }

  /// What a runner within this process prints.
  List<String> lines(byte[] plan, byte[] heartbeat, Duration offset) throws IOException {
    ActionSettings settings = AgentSettings.load(Optional.of(config), Map.of()).actions();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    DaemonLink link =
        new DaemonLink(
            new ByteArrayInputStream("stored\n".getBytes(StandardCharsets.UTF_8)),
            new PrintStream(output, true, StandardCharsets.UTF_8));
    link.listen();
    new Runner(settings, OutcomeWriter.open(INSTANCE, settings.hostKey()), link, offset)
        .run(RunRequest.of(plan, heartbeat, offset, (int) ProcessHandle.current().pid()));
    return output.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// Starts a runner and gives it its request.
  Process start(byte[] plan, byte[] heartbeat, Duration offset) throws IOException {
    Process process = process();
    say(process, request(plan, heartbeat, offset));
    return process;
  }

  /// The line by which a daemon asks for it.
  String request(byte[] plan, byte[] heartbeat, Duration offset) {
    RunRequest request =
        RunRequest.of(plan, heartbeat, offset, (int) ProcessHandle.current().pid());
    return MessageCodec.text(request) + "\n";
  }

  /// Reads outcomes, saying `stored` to each, until the runner ends.
  List<Outcome> finish(Process process) throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    BufferedReader lines = lines(process);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("{")) {
        outcomes.add(verified(line));
        say(process, "stored\n");
      }
    }
    process.waitFor();
    return outcomes;
  }

  static BufferedReader lines(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  static void say(Process process, String text) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write(text.getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /// What a runner reports that is asked to settle what others left.
  List<Outcome> recover() throws IOException, InterruptedException {
    Process process = process();
    say(process, "recover\n");
    return finish(process);
  }

  private Process process() throws IOException {
    return new ProcessBuilder(runner()).redirectError(Redirect.INHERIT).start();
  }

  /// The command of a runner of this host.
  public List<String> runner() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xshare:auto",
        "-Xmx32m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        RunnerMain.class.getName(),
        "--config",
        config.toString());
  }

  /// An outcome, after its signature by the host's key was checked.
  public Outcome verified(String line) {
    if (MessageCodec.decode(payload(line, PayloadTypes.OUTCOME), Outcome.class)
        instanceof Decoded.Message(Outcome outcome)) {
      return outcome;
    }
    throw new AssertionError("no outcome: " + line);
  }

  /// What the host has signed as something of a type.
  public byte[] payload(String line, String type) {
    Opened opened =
        new TrustedKeys(List.of(host)).open(line.getBytes(StandardCharsets.UTF_8), type);
    assertThat(opened).isInstanceOf(Opened.Trusted.class);
    if (opened instanceof Opened.Trusted(_, byte[] payload)) {
      return payload;
    }
    throw new AssertionError("not signed: " + line);
  }

  /// The one outcome of a plan that has to be refused.
  static void assertRefused(List<Outcome> outcomes, Refusal reason) {
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().status()).isEqualTo(Outcome.Status.REFUSED);
    assertThat(outcomes.getFirst().reason()).isEqualTo(reason.code());
    assertThat(outcomes.getFirst().detail()).isNotEmpty();
  }

  static List<Outcome.Status> statuses(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::status).toList();
  }
}
