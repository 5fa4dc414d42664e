package io.fleetward.service.control;

import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.remediation.guard.Guards;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.service.enrolment.HostRegistry;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseFile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The control side as one part of the service: its database, its decisions, its way to Kafka.
///
/// Four threads of its own: reading, heartbeats, sending plans, the clock. Starts also while the
/// broker is down, and goes on when it comes.
public final class ControlSide implements AutoCloseable {
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final Database database;
  private final HostRegistry hosts;
  private final Control control;
  private final KafkaRecordSink sink;
  private final KafkaIntake intake;
  private final List<Loop> loops;

  private ControlSide(
      Database database,
      ControlKeys keys,
      PolicySet policies,
      Duration undeterminedAfter,
      String bootstrapServers,
      BrokerClock clock,
      ControlEvents events) {
    this.hosts = new HostRegistry(database);
    Mandate mandate =
        new Mandate(
            policies,
            Guards.standard(),
            clock,
            keys.signingKey(),
            hosts,
            Identifiers.random(),
            undeterminedAfter);
    Wakeup planWritten = new Wakeup();
    Wakeup pauseChanged = new Wakeup();
    this.database = database;
    this.control = new Control(database, mandate, events, planWritten, pauseChanged);
    this.sink = new KafkaRecordSink(bootstrapServers, clock);
    Map<String, Intake> intakes =
        Map.of(
            Topics.ALERTS, new AlertConsumer(control),
            Topics.OUTCOMES, new OutcomeConsumer(control, hosts),
            Topics.HOSTS, new HostConsumer(control));
    this.intake = new KafkaIntake(bootstrapServers, new RecordRouter(intakes, sink, clock, events));
    OutboxRelay relay = new OutboxRelay(database, control, sink, clock, events);
    HeartbeatSender heart = new HeartbeatSender(control, sink, keys.signingKey(), clock, events);
    this.loops =
        List.of(
            new Loop(
                "heartbeat", () -> heart.beat() ? Heartbeat.INTERVAL : ROUND, pauseChanged, events),
            new Loop(
                "intake",
                () -> {
                  intake.read();
                  return Duration.ZERO;
                },
                new Wakeup(),
                events),
            new Loop(
                "outbox",
                () -> {
                  relay.relay();
                  return ROUND;
                },
                planWritten,
                events),
            new Loop(
                "clock",
                () -> {
                  control.tick();
                  return ROUND;
                },
                new Wakeup(),
                events));
  }

  /// Opens the database; starts nothing.
  ///
  /// @param policies to begin with
  /// @throws io.fleetward.service.store.DatabaseUnavailableException if the database cannot be used
  public static ControlSide open(
      ControlSettings settings,
      ControlKeys keys,
      PolicySet policies,
      String bootstrapServers,
      ControlEvents events,
      InstantSource localTime) {
    return new ControlSide(
        DatabaseFile.open(settings.database()),
        keys,
        policies,
        settings.undeterminedAfter(),
        bootstrapServers,
        new BrokerClock(localTime, System::nanoTime),
        events);
  }

  /// Takes over what an earlier process left, and begins to work.
  public void start() {
    control.begin();
    sink.open();
    intake.subscribe();
    loops.forEach(Loop::start);
  }

  /// The decisions; also the desk where people take theirs.
  public Control control() {
    return control;
  }

  /// The enrolled hosts.
  public HostRegistry hosts() {
    return hosts;
  }

  /// The database, for parts that keep tables of their own in it.
  public Database database() {
    return database;
  }

  @Override
  public void close() {
    intake.wake();
    loops.reversed().forEach(Loop::close);
    intake.close();
    sink.close();
    database.close();
  }
}
