package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.remediation.guard.Guards;
import io.fleetward.remediation.policy.ActionCatalogue;
import io.fleetward.remediation.policy.ActionFiles;
import io.fleetward.remediation.policy.PolicyFiles;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.service.desk.Desk.Decision;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.IncidentView.TimelineEntry;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.enrolment.HostKeys;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The control side on a real database file, with a clock that stands and a broker that records.
final class StagedControl implements AutoCloseable {
  static final Person ALICE = new Person("alice");
  static final Person BOB = new Person("bob");

  /// For the ladder of [#policy].
  static final String SECOND_RUNG =
      """
            - action: end-process
              timeout: 60s
              with: { pid: "${labels.pid}", start: "${labels.start}", uid: "${labels.uid}",
                executable: "${labels.executable}", boot_id: "${labels.boot_id}" }
      """;

  private static final SigningKey.Generated KEY = SigningKey.generate("service-1");

  /// The hosts that announce themselves, each with a key that is trusted.
  private static final Map<String, TrustedKey> HOSTS =
      Stream.of("web-1", "web-2", "web-3")
          .map(instance -> SigningKey.generate(instance).trustedKey())
          .collect(Collectors.toMap(TrustedKey::id, key -> key));

  private final Path folder;
  private final String policies;
  private final HostKeys hostKeys = HostKeys.of(new TrustedKeys(List.copyOf(HOSTS.values())));
  final SettableTime time = new SettableTime(Alerts.ACTIVE_AT.plusSeconds(10));
  private Database database;
  private BrokerClock clock;
  private Control control;
  private OutboxRelay relay;
  private HeartbeatSender heart;
  RecordedRecords broker;

  StagedControl(Path folder, String policies) {
    this.folder = folder;
    this.policies = policies;
    this.database = DatabaseFile.open(folder);
    this.clock = new BrokerClock(time, time::nanos);
    this.broker = new RecordedRecords(clock);
    this.control = control(policies);
    this.relay = new OutboxRelay(database, control, broker, clock, ControlEvents.NONE);
    this.heart = new HeartbeatSender(control, broker, KEY.signingKey(), clock, ControlEvents.NONE);
    begin();
    HOSTS.values().forEach(key -> announce(key.id(), key.fingerprint()));
    // evidence counts only if it is newer than the start
    time.pass(Duration.ofSeconds(1));
  }

  /// Lets a host announce itself now.
  ///
  /// @param key fingerprint; empty for none
  void announce(String instance, String key) {
    control.hostAnnounced(announcement(instance, key), now());
  }

  String keyOf(String instance) {
    return Optional.ofNullable(HOSTS.get(instance)).orElseThrow().fingerprint();
  }

  HostAnnouncement announcement(String instance, String key) {
    return new HostAnnouncement(
        instance,
        key,
        Map.of("zone", "a"),
        "boot-1",
        "6.1",
        "0.1",
        List.of("end-process"),
        "hash",
        1_000,
        now());
  }

  /// The shipped policy, with its approval taken from one person.
  static StagedControl shipped(Path folder) {
    return new StagedControl(folder, policy("mode: approve"));
  }

  /// A policy for runaway processes with these further lines.
  static String policy(String... lines) {
    return """
    policies:
      - name: end-runaway-process
        on: 'HostProcessRunaway(Cpu|Memory)'
        evidence: { fresh: 30s }
        ladder:
          - action: end-process
            with:
              pid: ${labels.pid}
              start: ${labels.start}
              executable: ${labels.executable}
              uid: ${labels.uid}
              boot_id: ${labels.boot_id}
            timeout: 20s
        verify: { resolved_within: 2m }
    """
        + "    "
        + String.join("\n    ", lines)
        + "\n";
  }

  /// Policies as a reload would read them.
  static PolicySet policySet(String text) {
    Problems problems = new Problems();
    ActionCatalogue catalogue = ActionFiles.read(Path.of("../actions"), problems);
    PolicySet set =
        new PolicyFiles(catalogue, StagedControl::alertName, problems).parse("policies.yaml", text);
    problems.throwIfAny();
    return set;
  }

  private Control control(String text) {
    PolicySet set = policySet(text);
    Mandate mandate =
        new Mandate(
            set,
            Guards.standard(),
            clock,
            KEY.signingKey(),
            hostKeys,
            Identifiers.random(),
            Duration.ofMinutes(15));
    return new Control(database, mandate, ControlEvents.NONE, new Wakeup(), new Wakeup());
  }

  private static List<LabelMatcher> alertName(String expression) {
    return List.of(new LabelMatcher("alertname", LabelMatcher.Operator.MATCHES, expression));
  }

  /// A process on the same files that has not begun yet: the broker is not there.
  Control beforeItBegins() {
    clock = new BrokerClock(time, time::nanos);
    return control(policies);
  }

  private void begin() {
    control.begin();
    heart.beat();
  }

  /// Ends the process as a crash would and starts another on the same files.
  void restart() {
    restartWith(policies);
  }

  void restartWith(String otherPolicies) {
    database.close();
    database = DatabaseFile.open(folder);
    RecordedRecords before = broker;
    clock = new BrokerClock(time, time::nanos);
    broker = before.asSeenBy(clock);
    control = control(otherPolicies);
    relay = new OutboxRelay(database, control, broker, clock, ControlEvents.NONE);
    heart = new HeartbeatSender(control, broker, KEY.signingKey(), clock, ControlEvents.NONE);
    begin();
  }

  Control control() {
    return control;
  }

  Database database() {
    return database;
  }

  Instant now() {
    return time.instant();
  }

  /// Lets time go by, with the heartbeats, ticks and relaying that come with it.
  void pass(Duration duration) {
    Duration left = duration;
    while (left.isPositive()) {
      Duration step = left.compareTo(Duration.ofSeconds(10)) < 0 ? left : Duration.ofSeconds(10);
      time.pass(step);
      left = left.minus(step);
      heart.beat();
      control.tick();
      relay.relay();
    }
  }

  void beat() {
    heart.beat();
  }

  void relay() {
    relay.relay();
  }

  void tick() {
    control.tick();
  }

  /// The newest remediation.
  RemediationView remediation() {
    return control.remediations(Optional.empty(), 1).getFirst();
  }

  List<String> states() {
    return control.remediations(Optional.empty(), 100).stream()
        .map(RemediationView::state)
        .toList();
  }

  Decision approve(Person person) {
    return control.decide(remediation().id(), Verdict.APPROVE, "looks right", person);
  }

  void approveAll(Person person) {
    for (RemediationView one : control.remediations(Optional.of("awaiting-approval"), 10)) {
      control.decide(one.id(), Verdict.APPROVE, "looks right", person);
    }
  }

  List<Heartbeat> heartbeats() {
    return opened(Topics.HEARTBEATS, PayloadTypes.HEARTBEAT, Heartbeat.class);
  }

  /// Plans that left for the broker, opened.
  List<Plan> plans() {
    return opened(Topics.PLANS, PayloadTypes.PLAN, Plan.class);
  }

  private <T> List<T> opened(String topic, String payloadType, Class<T> type) {
    TrustedKeys keys = new TrustedKeys(List.of(KEY.trustedKey()));
    return broker.to(topic).stream()
        .map(sent ->
            switch (keys.open(sent.value(), payloadType)) {
              case Opened.Trusted(_, byte[] payload) -> decoded(payload, type);
              case Opened.Refused(String code, String detail) ->
                  throw new AssertionError(code + ": " + detail);
            })
        .toList();
  }

  private static <T> T decoded(byte[] payload, Class<T> type) {
    return switch (MessageCodec.decode(payload, type)) {
      case Decoded.Message(T message) -> message;
      case Decoded.Malformed(String reason) -> throw new AssertionError(reason);
    };
  }

  /// Lets a host's report arrive now.
  void report(Outcome outcome) {
    control.outcomeHeard(outcome, now());
  }

  Outcome outcome(Plan plan, Outcome.Status status) {
    return new Outcome(
        plan.id(),
        plan.remediation(),
        plan.instance(),
        status,
        "",
        "as it should",
        Map.of("process", "running"),
        status == Outcome.Status.SUCCEEDED ? Map.of("process", "gone") : Map.of(),
        "",
        now());
  }

  List<String> timeline() {
    return control.incidents(Optional.empty(), 1).getFirst().timeline().stream()
        .map(TimelineEntry::what)
        .toList();
  }

  /// Decisions about the newest incident.
  List<String> decisions() {
    String incident = control.incidents(Optional.empty(), 1).getFirst().id();
    return control.trace(incident).stream().map(entry -> entry.decision()).toList();
  }

  int rowsOf(String table) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }

  void assertNothingSent() {
    assertThat(plans()).isEmpty();
  }

  @Override
  public void close() {
    database.close();
  }
}
