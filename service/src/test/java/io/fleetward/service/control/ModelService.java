package io.fleetward.service.control;

import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.remediation.guard.Guards;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.service.enrolment.HostKeys;
import io.fleetward.service.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One process of the service in a [ModelWorld], from its start to its crash.
final class ModelService {
  private final int process;
  private final Instant startedAt;
  private final Control control;
  private final OutboxRelay relay;
  private final HeartbeatSender heart;
  private Instant lastBeat = Instant.EPOCH;
  private int identifiers;

  /// What all processes share.
  ///
  /// @param trouble how often one of a hundred records goes wrong
  /// @param meanwhile what others do while this process sends
  record Surroundings(
      Database database,
      ModelBroker broker,
      SettableTime time,
      HostKeys hostKeys,
      Guards guards,
      int trouble,
      Runnable meanwhile) {}

  /// @param process a number that no other process had
  /// @param skew how far its wall clock is ahead
  ModelService(
      int process, Surroundings around, SigningKey key, PolicySet policies, Duration skew) {
    this.process = process;
    SettableTime time = around.time();
    this.startedAt = time.instant();
    BrokerClock clock = new BrokerClock(() -> time.instant().plus(skew), time::nanos);
    // others may do something whenever the relay looks at its clock
    BrokerClock clockOfRelay =
        new BrokerClock(
            () -> time.instant().plus(skew),
            () -> {
              around.meanwhile().run();
              return time.nanos();
            });
    RecordSink sink =
        around.broker().sink(List.of(clock, clockOfRelay), around.trouble(), around.meanwhile());
    Mandate mandate =
        new Mandate(
            policies,
            around.guards(),
            clock,
            key,
            around.hostKeys(),
            this::identifier,
            Duration.ofMinutes(15));
    this.control =
        new Control(around.database(), mandate, ControlEvents.NONE, new Wakeup(), new Wakeup());
    this.relay =
        new OutboxRelay(around.database(), control, sink, clockOfRelay, ControlEvents.NONE);
    this.heart = new HeartbeatSender(control, sink, key, clock, ControlEvents.NONE);
  }

  private String identifier(String prefix) {
    return "%s-%d-%d".formatted(prefix, process, ++identifiers);
  }

  /// The process that gave something its identifier.
  static int processOf(String identifier) {
    return Integer.parseInt(identifier.split("-", -1)[1]);
  }

  void begin() {
    heart.beat();
    control.begin();
  }

  /// What its threads do as time goes by.
  void work(Instant now) {
    if (!now.isBefore(lastBeat.plusSeconds(10))) {
      lastBeat = now;
      heart.beat();
    }
    control.tick();
    relay.relay();
  }

  Control control() {
    return control;
  }

  int process() {
    return process;
  }

  Instant startedAt() {
    return startedAt;
  }
}
