package io.fleetward.service.control;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.service.control.ModelBroker.Crash;
import io.fleetward.service.control.ModelHistory.Decided;
import io.fleetward.service.control.ModelHistory.Heard;
import io.fleetward.service.control.ModelHistory.Paused;
import io.fleetward.service.control.ModelHistory.Sent;
import io.fleetward.service.desk.Desk.Decision;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.Desk.Verdict;
import io.fleetward.service.desk.IncidentView;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.enrolment.HostKeys;
import io.fleetward.service.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Three hosts, two processes of the service on one database, people, a broker and a clock, all
/// stepped by one seed: the same seed is the same history.
///
/// The service is the real one. What lies around it is modelled: alerts are told late, twice and
/// from an earlier place again; outcomes come twice and out of order; the broker is away, loses
/// answers, and a process crashes before or after a record; wall clocks are wrong; two processes
/// act between each other's transactions.
final class ModelWorld {
  private static final List<Person> PEOPLE =
      List.of(new Person("alice"), new Person("bob"), new Person("carol"));
  private static final Instant MORNING = Instant.parse("2026-11-01T10:00:00Z");
  private static final SigningKey.Generated KEY = SigningKey.generate("service");
  private static final List<SigningKey.Generated> HOST_KEYS =
      IntStream.rangeClosed(1, 3).mapToObj(i -> SigningKey.generate("web-" + i)).toList();
  private static final List<PolicySet> POLICIES =
      List.of(policies("approval: one"), policies("approval: two"));

  private final Random random;
  private final SettableTime time = new SettableTime(MORNING);
  private final ModelHistory history = new ModelHistory();
  private final ModelBroker broker;
  private final ModelService.Surroundings around;
  private final List<ModelHost> hosts;
  private final List<Optional<ModelService>> services = new ArrayList<>();
  private final List<AlertMessage> alerts = new ArrayList<>();
  private final List<AlertMessage> alertsTold = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final int[] read = new int[HOST_KEYS.size()];
  private PolicySet policies = POLICIES.getFirst();
  private int processes;
  private int depth;

  /// @param database empty
  ModelWorld(long seed, Database database, PlantedDefect defect) {
    this.random = new Random(seed);
    this.broker = new ModelBroker(random, time);
    HostKeys keys =
        HostKeys.of(
            new TrustedKeys(HOST_KEYS.stream().map(SigningKey.Generated::trustedKey).toList()));
    this.around =
        new ModelService.Surroundings(
            database, broker, time, keys, defect.guards(), 1, this::meanwhile);
    this.hosts =
        IntStream.rangeClosed(1, HOST_KEYS.size())
            .mapToObj(i -> new ModelHost(i, random, defect.hostsRememberNonces()))
            .toList();
    for (int i = 0; i < 2; i++) {
      services.add(Optional.empty());
      start(i);
    }
    hosts.forEach(this::announce);
  }

  /// A policy for each kind of fault, so that two may want to act on one host.
  private static PolicySet policies(String approval) {
    String rest =
        "\n    mode: approve\n    %s\n    limits: { scope: fleet, at_most: 2, percent: 100, cooldown: 20s, attempts: 2 }\n"
            .formatted(approval);
    String cpu = StagedControl.policy().stripTrailing() + rest;
    String memory =
        cpu.replace("policies:\n", "")
            .replace("end-runaway-process", "end-greedy-process")
            .replace("(Cpu|Memory)", "Memory");
    return StagedControl.policySet(cpu.replace("(Cpu|Memory)", "Cpu") + memory);
  }

  ModelHistory run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    history.executed.addAll(hosts.stream().flatMap(host -> host.executions().stream()).toList());
    broker.setDown(false);
    conclude();
    return history;
  }

  private void step() {
    time.pass(Duration.ofMillis(random.nextInt(6_000)));
    for (int i = 0; i < services.size(); i++) {
      int number = i;
      services.get(i).ifPresent(service -> guarded(number, () -> service.work(time.instant())));
    }
    hosts.forEach(host -> host.work(time.instant()).ifPresent(outcomes::add));
    for (ModelHost host : hosts) {
      live(host);
    }
    deliverAlerts();
    deliverOutcomes();
    people();
    accidents();
  }

  /// What another process and people do in the middle of what one process does.
  private void meanwhile() {
    if (depth > 0 || random.nextInt(100) >= 10) {
      return;
    }
    depth++;
    try {
      switch (random.nextInt(4)) {
        case 0 -> people();
        case 1 -> deliverAlerts();
        case 2 -> deliverOutcomes();
        default -> {
          int other = random.nextInt(services.size());
          crash(other);
          start(other);
        }
      }
    } finally {
      depth--;
    }
  }

  private void live(ModelHost host) {
    Instant now = time.instant();
    int luck = random.nextInt(100);
    if (luck < 4) {
      host.breakDown(now, random.nextInt(100) < 90);
    } else if (luck < 5) {
      host.recover(now);
    }
    if (random.nextInt(100) < 60) {
      alerts.addAll(host.evaluate(now));
    }
    if (random.nextInt(100) < 60) {
      fetchPlans(host);
    }
  }

  private void fetchPlans(ModelHost host) {
    int index = hosts.indexOf(host);
    // a consumer may begin again at an earlier place
    int from = random.nextInt(100) < 10 ? Math.max(0, read[index] - 10) : read[index];
    TrustedKeys trusted = new TrustedKeys(List.of(KEY.trustedKey()));
    for (ModelBroker.Appended record : broker.since(from, Topics.PLANS)) {
      Plan plan = opened(trusted, record, PayloadTypes.PLAN, Plan.class);
      if (plan.instance().equals(host.instance())) {
        outcomes.add(host.offer(plan, time.instant(), heartbeat(trusted)));
      }
    }
    read[index] = broker.end();
  }

  /// The heartbeat that decides on a host: a pause of any process that was alive lately, else the
  /// newest.
  private Optional<Heartbeat> heartbeat(TrustedKeys trusted) {
    Instant since = time.instant().minus(Heartbeat.FRESH);
    List<Heartbeat> fresh =
        broker.since(0, Topics.HEARTBEATS).stream()
            .filter(record -> record.at().isAfter(since))
            .map(record -> opened(trusted, record, PayloadTypes.HEARTBEAT, Heartbeat.class))
            .toList();
    return fresh.isEmpty() ? Optional.empty() : Optional.of(fresh.getLast());
  }

  private static <T> T opened(
      TrustedKeys trusted, ModelBroker.Appended record, String type, Class<T> kind) {
    if (trusted.open(record.value(), type) instanceof Opened.Trusted(_, byte[] payload)
        && MessageCodec.decode(payload, kind) instanceof Decoded.Message(T message)) {
      return message;
    }
    throw new AssertionError("a record that no host can read");
  }

  private void deliverAlerts() {
    List<AlertMessage> now = new ArrayList<>();
    if (!alertsTold.isEmpty() && random.nextInt(100) < 10) {
      int from = random.nextInt(alertsTold.size());
      now.addAll(alertsTold.subList(from, Math.min(alertsTold.size(), from + 5)));
    }
    while (!alerts.isEmpty() && random.nextInt(100) < 80) {
      now.add(alerts.removeFirst());
    }
    for (AlertMessage alert : now) {
      withOne(service -> {
        history.heard.add(new Heard(service.process(), alert, time.instant()));
        service.control().alertHeard(alert);
        alertsTold.add(alert);
      });
    }
  }

  private void deliverOutcomes() {
    Collections.shuffle(outcomes, random);
    while (!outcomes.isEmpty() && random.nextInt(100) < 70) {
      Outcome outcome = random.nextInt(100) < 20 ? outcomes.getFirst() : outcomes.removeFirst();
      withOne(service -> service.control().outcomeHeard(outcome, time.instant()));
    }
  }

  private void people() {
    Person person = PEOPLE.get(random.nextInt(PEOPLE.size()));
    int luck = random.nextInt(100);
    if (luck < 30) {
      withOne(service -> decide(service, person));
    } else if (luck < 36) {
      withOne(service -> {
        service.control().pause("to look", person);
        history.paused.add(new Paused(time.instant(), Instant.MAX));
      });
    } else if (luck < 55) {
      withOne(service -> resumeAll(service, person));
    }
  }

  private void decide(ModelService service, Person person) {
    List<RemediationView> all = service.control().remediations(Optional.empty(), 10);
    if (all.isEmpty()) {
      return;
    }
    RemediationView shown = all.get(random.nextInt(all.size()));
    String id = shown.id();
    Verdict verdict = random.nextInt(100) < 90 ? Verdict.APPROVE : Verdict.REJECT;
    if (service.control().decide(id, verdict, "looked", person) instanceof Decision.Recorded) {
      history.decided.add(
          new Decided(id, person.name(), verdict, shown.parameters(), time.instant()));
    }
  }

  private void resumeAll(ModelService service, Person person) {
    service
        .control()
        .pauses()
        .forEach(pause -> {
          if (!service.control().resume(pause.id(), person)) {
            history.broken.add("I13: a pause could not be ended");
          }
        });
    history.paused.replaceAll(
        one -> one.to().equals(Instant.MAX) ? new Paused(one.from(), time.instant()) : one);
  }

  private void accidents() {
    int luck = random.nextInt(1_000);
    int number = random.nextInt(services.size());
    if (luck < 15) {
      crash(number);
    } else if (luck < 60 && services.get(number).isEmpty()) {
      start(number);
    } else if (luck < 80) {
      broker.setDown(!broker.isDown());
    } else if (luck < 95) {
      alter();
    } else if (luck < 100) {
      policies = POLICIES.get(random.nextInt(POLICIES.size()));
      for (int i = 0; i < services.size(); i++) {
        services.get(i).ifPresent(service -> service.control().activate(policies));
      }
    }
  }

  /// Somebody who can write to the database has another process ended than people saw.
  private void alter() {
    around
        .database()
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                UPDATE remediation SET document = regexp_replace(document, '"pid":"([0-9])([0-9]{3})"', '"pid":"$19$2"')
                WHERE phase = 'WAITING'
                """));
  }

  private void withOne(java.util.function.Consumer<ModelService> doing) {
    int number = random.nextInt(services.size());
    services.get(number).ifPresent(service -> guarded(number, () -> doing.accept(service)));
  }

  private void guarded(int number, Runnable doing) {
    try {
      doing.run();
    } catch (Crash _) {
      crash(number);
    }
  }

  private void crash(int number) {
    services.set(number, Optional.empty());
  }

  private void start(int number) {
    Duration skew = Duration.ofSeconds(random.nextInt(-20, 20));
    int process = ++processes;
    history.started.put(process, time.instant());
    ModelService service = new ModelService(process, around, KEY.signingKey(), policies, skew);
    services.set(number, Optional.of(service));
    guarded(number, service::begin);
  }

  /// A process that lives, started if need be.
  private ModelService living() {
    while (services.getFirst().isEmpty()) {
      start(0);
    }
    return services.getFirst().get();
  }

  private void announce(ModelHost host) {
    HostAnnouncement announcement =
        new HostAnnouncement(
            host.instance(),
            HOST_KEYS.get(hosts.indexOf(host)).trustedKey().fingerprint(),
            Map.of(),
            "boot-1",
            "6.1",
            "0.1",
            List.of("end-process"),
            "hash",
            1_000,
            time.instant());
    living().control().hostAnnounced(announcement, time.instant());
  }

  private void conclude() {
    TrustedKeys trusted = new TrustedKeys(List.of(KEY.trustedKey()));
    for (ModelBroker.Appended record : broker.since(0, Topics.PLANS)) {
      Plan plan = opened(trusted, record, PayloadTypes.PLAN, Plan.class);
      history.sent.putIfAbsent(plan.id(), new Sent(plan, record.at()));
    }
    Control control = living().control();
    history.remediations.addAll(control.remediations(Optional.empty(), 1_000));
    for (IncidentView incident : control.incidents(Optional.empty(), 1_000)) {
      history.traces.addAll(control.trace(incident.id()));
    }
  }
}
